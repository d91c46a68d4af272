from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.discussion import change_score_sheet, say
from experts.actions.phases import set_chair, set_phases
from experts.actions.round import discuss_round, open_round, send_invitations
from experts.actions.sheet import StaleSheet, submit_score_sheet
from experts.enums import Audience, RoundState, Switch
from experts.models import Assignment, Dossier, EarlierSheet, Remark, ReviewRound, RoundPhase, ScoreSheet
from experts.opening import phases_of
from experts.phases import USUAL, Phase
from experts.queries.others import together
from experts.queries.phases import open_to
from tests.factories.directory import PersonFactory, officer
from tests.factories.experts import answers, days, expert_user, handed_in, planned, profile_of
from workflows.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset(map(str, Switch))


def phase(
    step: str = RoundState.SCORING, *, experts: Any = (), chair: Any = (), officers: Any = (), **more: Any
) -> Phase:
    opened = {Audience.EXPERT: experts, Audience.CHAIR: chair, Audience.OFFICER: officers}
    return Phase(step, opened={str(who): frozenset(map(str, what)) for who, what in opened.items()}, **more)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shared(boss: User, users: list[User], *phases: Phase) -> list[Assignment]:
    """One dossier accepted by all users, in a round with these phases."""
    from experts.actions.dossier import put_in_round

    hidden = PersonFactory.create(name="PERSONTOKEN")
    review_round = planned(boss, experts_per_dossier=len(users))
    put_in_round(review_round=review_round, dossiers=[handed_in(1, boss, kept_away_people=(hidden.pk,))], by=boss)
    if phases:
        set_phases(review_round=review_round, phases=phases, by=boss)
    open_round(review_round=review_round, by=boss)
    for user in users:
        assign_expert(dossier=Dossier.objects.get(), expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    seats = [Assignment.objects.get(expert__person=user.person) for user in users]
    for seat, user in zip(seats, users, strict=True):
        accept(assignment=seat, by=user, statement=True)
    return seats


def submit(seat: Assignment, user: User, **more: Any) -> None:
    submit_score_sheet(assignment=seat, by=user, answers=answers(**more))


def fresh(seat: Assignment) -> Assignment:
    return Assignment.objects.get(pk=seat.pk)


def test_without_phases_experts_score_alone_and_talk_when_the_discussion_begins() -> None:
    boss, one, two = officer(), expert_user(), expert_user()
    first, second = shared(boss, [one, two])
    submit(first, one)
    submit(second, two, opinion="经费测算依据不足，放大验证的风险没有说明。")
    assert phases_of([first.round_id]) == {first.round_id: USUAL}
    seen = together(fresh(first))
    assert (seen.sheets, seen.remarks, seen.may_change) == (None, None, False)
    discuss_round(review_round=ReviewRound.objects.get(), by=boss)
    seen = together(fresh(first))
    assert [(row.label, row.opinion[:4], row.own) for row in seen.sheets or ()] == [
        ("专家1", "前驱体本", True),
        ("专家2", "经费测算", False),
    ]
    assert (seen.remarks, seen.may_say, seen.may_change) == ([], True, True)


@pytest.mark.parametrize("what", list(Switch))
def test_each_switch_opens_its_own_thing_alone_and_only_after_the_own_sheet(what: Switch) -> None:
    boss, one, two = officer(), expert_user(), expert_user()
    first, second = shared(boss, [one, two], phase(experts=[what]))
    submit(second, two)
    assert [switch for switch in Switch if open_to(fresh(first), switch)] == []
    submit(first, one)
    assert [switch for switch in Switch if open_to(fresh(first), switch)] == [what]


def test_the_chair_has_switches_of_its_own() -> None:
    boss, one, two = officer(), expert_user(), expert_user()
    first, second = shared(boss, [one, two], phase(chair=[Switch.SCORES, Switch.WHO], own_first=False))
    set_chair(review_round=first.round, chair=profile_of(one), by=boss)
    submit(second, two)
    seen = together(fresh(first))
    assert [(row.label, str(row.total), row.opinion) for row in seen.sheets or ()] == [(two.person.name, "86.00", "")]
    assert together(fresh(second)).sheets is None


def test_a_phase_can_begin_on_a_day() -> None:
    boss, one = officer(), expert_user()
    (seat,) = shared(boss, [one], phase(), phase("", at=days(-1), experts=[Switch.OPINIONS]))
    submit(seat, one)
    assert open_to(fresh(seat), Switch.OPINIONS)
    assert not open_to(fresh(seat), Switch.SCORES)


def test_the_names_of_an_anonymous_round_appear_after_the_own_sheet_when_the_phase_opens_them() -> None:
    boss, one = officer(), expert_user()
    (seat,) = shared(boss, [one], phase(experts=[Switch.NAMES]))
    page = reverse("review", args=[seat.uid])
    before = client_of(one).get(page).content.decode()
    submit(seat, one)
    after = client_of(one).get(page).content.decode()
    assert ("PERSONTOKEN" in before, "PERSONTOKEN" in after) == (False, True)


def test_remarks_are_said_only_while_the_phase_lets_and_by_the_experts_of_the_dossier() -> None:
    boss, one, two = officer(), expert_user(), expert_user()
    first, second = shared(boss, [one, two])
    for seat, user, text in ((first, one, "第一份意见"), (second, two, "另一份意见")):
        submit(seat, user, opinion=f"{text}：路线清楚，指标可以考核。")
    with pytest.raises(Refused) as refused:
        say(assignment=first, text="请看预算", by=one)
    assert refused.value.codes == ["not_yet"]
    discuss_round(review_round=ReviewRound.objects.get(), by=boss)
    with pytest.raises(NotAllowed):
        say(assignment=first, text="请看预算", by=two)
    client_of(one).post(reverse("review_say", args=[first.uid]), {"text": "请看预算<script>"})
    page = client_of(two).get(reverse("review", args=[second.uid])).content.decode()
    assert "请看预算&lt;script&gt;" in page
    assert one.person.name not in page
    assert Remark.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "长" * 2001])
def test_a_remark_that_says_nothing_or_too_much_is_refused(text: str) -> None:
    boss, one = officer(), expert_user()
    (seat,) = shared(boss, [one], phase(experts=[Switch.DISCUSSION]))
    submit(seat, one)
    with pytest.raises(Refused) as refused:
        say(assignment=seat, text=text, by=one)
    assert refused.value.codes == ["remark_length"]


def test_a_changed_score_counts_and_what_it_was_is_kept() -> None:
    boss, one = officer(), expert_user()
    (seat,) = shared(boss, [one], phase(experts=[Switch.CHANGE]))
    submit(seat, one)
    typed = {"version": "1", "score_novelty": "60", "score_way": "45", "veto_law": "pass", "recommendation": "C"}
    client, page = client_of(one), reverse("review_change", args=[seat.uid])
    assert client.get(page).status_code == 200
    assert client.post(page, {**typed, "opinion": "短"}).status_code == 422
    assert client.post(page, {**typed, "opinion": "讨论后认为创新性不足，其余不变。"}).status_code == 302
    sheet = ScoreSheet.objects.get()
    assert (str(sheet.total), sheet.recommendation, sheet.version) == ("78.00", "C", 2)
    assert EarlierSheet.objects.get().answers["scores"] == {"novelty": "80", "way": "45"}
    assert fresh(seat).state == "submitted"
    versions = reverse("review_versions", args=[seat.uid])
    assert versions in client.get(reverse("review", args=[seat.uid])).content.decode()
    assert client_of(boss).get(versions).status_code == 404
    RoundPhase.objects.update(opened_to_department=[Switch.SCORES, Switch.OPINIONS])
    for user in (one, boss):
        told = client_of(user).get(versions).content.decode()
        assert [sign in told for sign in ("<del>80</del>", "<ins>60</ins>", "讨论后认为创新性不足")] == [True] * 3
        assert "<del>45</del>" not in told
    assert versions in client_of(boss).get(reverse("dossier_assign", args=[seat.dossier.uid])).content.decode()
    assert client_of(expert_user()).get(versions).status_code == 404
    with pytest.raises(StaleSheet):
        change_score_sheet(assignment=seat, answers=answers(), expected_version=1, by=one)


def test_a_score_is_not_changed_where_the_phase_does_not_say_so() -> None:
    boss, one = officer(), expert_user()
    (seat,) = shared(boss, [one])
    submit(seat, one)
    with pytest.raises(Refused) as refused:
        change_score_sheet(assignment=seat, answers=answers(novelty="1"), expected_version=1, by=one)
    assert refused.value.codes == ["not_yet"]
    assert client_of(one).get(reverse("review_change", args=[seat.uid])).status_code == 302


def test_a_phase_that_hides_the_scores_hides_them_on_every_page_and_file_of_the_department() -> None:
    boss, one = officer(), expert_user()
    (seat,) = shared(boss, [one], phase())
    submit(seat, one)
    client, args = client_of(boss), [seat.round.uid]
    assert "<b>86.00</b>" not in client.get(reverse("round", args=args)).content.decode()
    for address in ("round_ranking", "round_ranking_xlsx", "round_ranking_csv"):
        assert client.get(reverse(address, args=args)).status_code == 409
    told = client.get(reverse("dossier_assign", args=[seat.dossier.uid])).content.decode()
    assert answers().opinion not in told


def test_phases_are_set_while_planned_and_frozen_afterwards() -> None:
    boss = officer()
    review_round = planned(boss)
    client, page = client_of(boss), reverse("round_phases", args=[review_round.uid])
    assert client.get(page).status_code == 200
    typed = {
        "phase-TOTAL_FORMS": "4",
        "phase-INITIAL_FORMS": "3",
        "phase-0-step": "scoring",
        "phase-0-own_first": "on",
        "phase-0-experts": ["scores"],
        "phase-1-step": "ranked",
        "phase-1-department": ["scores", "opinions"],
        "phase-2-step": "closed",
        "phase-2-DELETE": "on",
    }
    assert client.post(page, typed).status_code == 302
    assert phases_of([review_round.pk])[review_round.pk] == (
        phase(experts=["scores"]),
        phase(RoundState.RANKED, officers=["scores", "opinions"], own_first=False),
    )
    ReviewRound.objects.update(state="drawing")
    assert client.post(page, typed).status_code == 422


@pytest.mark.parametrize("steps", [("ranked", "scoring"), ("scoring", "scoring"), ()])
def test_phases_out_of_order_are_refused(steps: tuple[str, ...]) -> None:
    boss = officer()
    with pytest.raises(Refused):
        set_phases(review_round=planned(boss), phases=[phase(step) for step in steps], by=boss)


def test_an_expert_finds_no_page_of_the_phases() -> None:
    boss, one = officer(), expert_user()
    (seat,) = shared(boss, [one])
    assert client_of(one).get(reverse("round_phases", args=[seat.round.uid])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_shown_together_costs_the_same_for_one_expert_and_for_three(
    count: int, django_assert_max_num_queries: Any
) -> None:
    boss, users = officer(), [expert_user() for _number in range(count)]
    seats = shared(boss, users, phase(experts=EVERYTHING))
    for number, (seat, user) in enumerate(zip(seats, users, strict=True)):
        submit(seat, user, opinion=f"{'甲乙丙'[number]}路线清楚，指标可以考核，经费合理。")
    mine = Assignment.objects.select_related("round", "dossier").get(pk=seats[0].pk)
    with django_assert_max_num_queries(4):
        assert len(together(mine).sheets or ()) == count
