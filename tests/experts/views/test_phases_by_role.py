"""Each switch of a phase, for each role, on each page and file: what is open is there, what is not is nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from directory.queries.standing import standing
from experts.actions.discussion import change_score_sheet
from experts.actions.phases import set_chair
from experts.enums import Switch
from experts.models import Assignment, EarlierSheet, Remark, ReviewRound, RoundPhase, ScoreSheet
from tests.experts.views.test_phases import client_of, fresh, phase, shared, submit
from tests.factories.directory import auditor, decision_maker, officer
from tests.factories.experts import answers, expert_user, profile_of, scored

pytestmark = pytest.mark.django_db
TOTAL, OPINION, SAID = "78.40", "放大验证的风险没有说明，经费测算依据也不足。", "请看第三节的预算"
SIGNS = {Switch.SCORES: TOTAL, Switch.OPINIONS: OPINION, Switch.DISCUSSION: SAID}
TOLD = tuple(SIGNS)
# The mean of both totals.
MEAN = "82.20"
FLAG = "最高分与最低分相差"


def held(boss: User, users: list[User]) -> list[Assignment]:
    """One dossier, submitted by both; the second changed the sheet and said something. Nothing is open to anybody."""
    seats = shared(boss, users, phase(own_first=False))
    submit(seats[0], users[0])
    submit(seats[1], users[1], novelty="73", way="41", opinion=OPINION)
    EarlierSheet.objects.create(assignment=seats[1], version=1, answers={})
    Remark.objects.create(assignment=seats[1], text=SAID)
    return [fresh(seat) for seat in seats]


def told(client: Client, name: str, *args: Any) -> set[Switch] | int:
    """What of it a page tells; the status where it is not shown at all."""
    answer = client.get(reverse(name, args=args))
    text = answer.content.decode() if answer.status_code == 200 else ""
    text = text.replace(MEAN, TOTAL)
    return {what for what, sign in SIGNS.items() if sign in text} if answer.status_code == 200 else answer.status_code


def switched(**opened: Any) -> None:
    """Open these and nothing else."""
    RoundPhase.objects.update(**{f"opened_to_{who}": [str(one) for one in what] for who, what in opened.items()})


def test_the_department_meets_what_the_phase_opens_to_it_and_nothing_else() -> None:
    boss = officer()
    seats = held(boss, [expert_user(), expert_user()])
    ReviewRound.objects.update(divergence=1)
    for on in ((), *((what,) for what in TOLD), TOLD):
        switched(department=on)
        for user in (boss, decision_maker(), auditor()) if on in ((), TOLD) else (boss,):
            the_department_meets(user, seats[0].round, set(on))
        client, opinions = client_of(boss), {Switch.OPINIONS} & set(on)
        assert told(client, "dossier_assign", seats[0].dossier.uid) == set(on)
        assert told(client, "opinion_redact", seats[0].round.uid, seats[1].sheet.pk) == (opinions or 409)


def the_department_meets(user: User, review_round: ReviewRound, on: set[Switch]) -> None:
    """Every page and file of the round, and the lists behind them."""
    client, args = client_of(user), [review_round.uid]
    scores, opinions = {Switch.SCORES} & on, {Switch.OPINIONS} & on
    assert told(client, "round", *args) == scores
    assert told(client, "round_report", *args) == scores
    assert told(client, "round_ranking", *args) == (scores | opinions if scores else 409)
    assert told(client, "round_opinions", *args) == (opinions or 409)
    for name in ("round_ranking_xlsx", "round_ranking_csv"):
        assert client.get(reverse(name, args=args)).status_code == (200 if scores else 409)
    page = client.get(reverse("round", args=args)).content.decode()
    assert (FLAG in page) is bool(scores)
    whole = on >= {Switch.SCORES, Switch.OPINIONS}
    assert ScoreSheet.objects.visible_to(user).exists() is whole
    assert EarlierSheet.objects.visible_to(user).exists() is whole
    assert Remark.objects.visible_to(user).exists() is (Switch.DISCUSSION in on)


def test_experts_and_chair_meet_what_the_phase_opens_to_them() -> None:
    boss, one, two = officer(), expert_user(), expert_user()
    seats = held(boss, [one, two])
    for on in ((), *((what,) for what in Switch), tuple(Switch)):
        switched(experts=on)
        one_meets(one, seats, two.person.name, set(on))
    set_chair(review_round=seats[0].round, chair=profile_of(one), by=boss)
    for on in ((), (Switch.WHO, Switch.SCORES), tuple(Switch)):
        switched(chair=on, experts=())
        one_meets(one, seats, two.person.name, set(on))
        assert told(client_of(two), "review", seats[1].uid) == {Switch.SCORES, Switch.OPINIONS}  # the own ones


def one_meets(one: User, seats: list[Assignment], other: str, on: set[Switch]) -> None:
    """The page of the dossier, what may be done there, and the lists behind it."""
    client, args = client_of(one), [seats[0].uid]
    assert told(client, "review", *args) == on & set(TOLD)
    page = client.get(reverse("review", args=args)).content.decode()
    assert (other in page) is (Switch.WHO in on and bool(on & set(TOLD)))
    assert ("PERSONTOKEN" in page) is (Switch.NAMES in on)
    assert client.get(reverse("review_change", args=args)).status_code == (200 if Switch.CHANGE in on else 302)
    said = client.post(reverse("review_say", args=args), {"text": "同意"})
    assert said.status_code == (302 if Switch.DISCUSSION in on else 409)
    theirs = [seats[1].sheet] if on >= {Switch.SCORES, Switch.OPINIONS} else []
    assert list(ScoreSheet.objects.visible_to(one).order_by("pk")) == [seats[0].sheet, *theirs]
    assert Remark.objects.visible_to(one).filter(text=SAID).exists() is (Switch.DISCUSSION in on)
    assert not EarlierSheet.objects.visible_to(one).exists()


def test_others_are_seen_after_the_own_sheet_and_at_the_own_dossier_alone() -> None:
    boss, one, two, third = officer(), expert_user(), expert_user(), expert_user()
    first, second, _late = shared(boss, [one, two, third], phase(experts=tuple(Switch)))
    for seat, user in ((first, one), (second, two)):
        submit(seat, user, opinion=f"{user.pk}放大验证的风险没有说明，经费不足。")
    change_score_sheet(assignment=fresh(first), answers=answers(novelty="70"), expected_version=1, by=one)
    Remark.objects.create(assignment=first, text=SAID)
    stranger = expert_user()
    found = {
        user: [model.objects.visible_to(user).count() for model in (ScoreSheet, EarlierSheet, Remark)]
        for user in (one, two, third, stranger)
    }
    assert found == {one: [2, 1, 1], two: [2, 0, 1], third: [0, 0, 0], stranger: [0, 0, 0]}


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_visible_costs_the_same_for_one_round_and_for_three(count: int, django_assert_num_queries: Any) -> None:
    boss, user = officer(), expert_user()
    for _number in range(count):
        opened = {"opened_to_experts": TOLD, "opened_to_department": TOLD}
        RoundPhase.objects.create(round=scored(boss, [{user: 80}]), number=1, begins_with="scoring", **opened)
    for who in (boss, user):
        standing(who)
        with django_assert_num_queries(3):
            assert len(ScoreSheet.objects.visible_to(who)) == count
