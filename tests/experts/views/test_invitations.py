from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from directory.models import User
from experts.actions.assignment import accept, accept_all, assign_expert, decline, expire_unanswered
from experts.actions.round import send_invitations
from experts.models import Assignment, Dossier, ReviewRound, RoundStatement
from experts.queries.invitations import answers, open_invitations
from tests.factories.directory import officer
from tests.factories.experts import days, expert_user, handed_in, invited, profile_of, running
from workflows.actions.deadlines import remind_due
from workflows.errors import Refused
from workflows.models import JournalEntry, Message

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def several(user: User, count: int) -> list[Assignment]:
    """Invitations of one round."""
    boss = officer()
    dossiers = [handed_in(number, boss) for number in range(1, count + 1)]
    review_round = running(boss, *dossiers)
    for dossier in Dossier.objects.order_by("pk"):
        assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    return list(Assignment.objects.order_by("pk"))


def test_the_statement_is_signed_once_for_all_dossiers_of_a_round() -> None:
    user = expert_user()
    first, second = several(user, 2)
    accept(assignment=first, by=user, statement=True)
    accept(assignment=second, by=user, statement=False)
    signed = RoundStatement.objects.get()
    assert (signed.round_id, signed.expert_id) == (first.round_id, first.expert_id)
    assert [one.statement_signed_at for one in Assignment.objects.order_by("pk")] == [signed.signed_at] * 2
    assert JournalEntry.objects.filter(action="experts.statement.sign").count() == 1


def test_a_statement_of_one_round_does_not_stand_for_another() -> None:
    user = expert_user()
    (first,) = several(user, 1)
    accept(assignment=first, by=user, statement=True)
    other = invited(officer(), user)
    with pytest.raises(Refused) as refused:
        accept(assignment=other, by=user, statement=False)
    assert refused.value.codes == ["statement_missing"]


def test_accepting_several_is_all_or_nothing() -> None:
    user = expert_user()
    rows = several(user, 3)
    Dossier.objects.filter(pk=rows[2].dossier_id).update(kept_away_people=[user.person.pk])
    with pytest.raises(Refused) as refused:
        accept_all(assignments=rows, by=user, statement=True)
    assert refused.value.codes == ["conflict"]
    assert set(Assignment.objects.values_list("state", flat=True)) == {"invited"}
    assert RoundStatement.objects.count() == 0


def test_one_page_answers_all_invitations_of_the_round() -> None:
    user = expert_user()
    rows = several(user, 3)
    client, page = client_of(user), reverse("invitations", args=[rows[0].round.uid])
    shown = client.get(page).content.decode()
    assert shown.count('name="statement"') == 1
    assert shown.count('name="accept"') == 3
    ticked = [str(one.uid) for one in rows[:2]]
    assert client.post(page, {"accept": ticked}).status_code == 422
    assert client.post(page, {"statement": "on"}).status_code == 422
    assert client.post(page, {"accept": ticked, "statement": "on"}).status_code == 302
    assert list(Assignment.objects.order_by("pk").values_list("state", flat=True)) == [
        "accepted",
        "accepted",
        "invited",
    ]
    again = client.get(page).content.decode()
    assert (again.count('name="statement"'), again.count('name="accept"')) == (0, 1)


def test_the_page_of_somebody_elses_invitations_is_not_there() -> None:
    user, other = expert_user(), expert_user()
    (row,) = several(user, 1)
    assert client_of(other).get(reverse("invitations", args=[row.round.uid])).status_code == 404


def test_an_invitation_has_its_own_day_and_never_one_after_the_scores_are_due() -> None:
    user = expert_user()
    (row,) = several(user, 1)
    assert row.answer_by is not None
    assert abs((row.answer_by - days(5)).total_seconds()) < 60
    late = invited(officer(), expert_user(), score_deadline=days(2))
    assert late.answer_by == late.round.score_deadline


def test_an_unanswered_invitation_runs_out_is_told_and_frees_the_seat() -> None:
    user = expert_user()
    (row,) = several(user, 1)
    with time_machine.travel(days(5.1)):
        with pytest.raises(Refused) as refused:
            accept(assignment=row, by=user, statement=True)
        assert refused.value.codes == ["answer_late"]
        assert (expire_unanswered(), expire_unanswered()) == (1, 0)
    assert Assignment.objects.get().state == "expired"
    assert "您的评审邀请已过期：钠离子电池硬碳负极研究（1）" in Message.objects.values_list("title", flat=True)


def test_the_expert_is_reminded_once_the_day_before() -> None:
    user = expert_user()
    several(user, 1)
    for _turn in range(2):
        remind_due(at=days(4.5))
    titles = [one for one in Message.objects.filter(to=user).values_list("title", flat=True) if "请在" in one]
    assert len(titles) == 1


def test_who_declines_suggests_somebody_and_the_officer_reads_it_and_who_has_not_answered() -> None:
    user = expert_user()
    rows = several(user, 2)
    client = client_of(user)
    client.post(reverse("review_decline", args=[rows[0].uid]), {"note": "近期出国", "suggestion": "乌云，内蒙古大学"})
    found = answers(ReviewRound.objects.get())
    assert [one.pk for one in found.waiting] == [rows[1].pk]
    assert [(one.assignment.suggestion, one.note) for one in found.given_back] == [("乌云，内蒙古大学", "近期出国")]
    page = client_of(officer()).get(reverse("round", args=[rows[0].round.uid])).content.decode()
    assert "乌云，内蒙古大学" in page
    assert "1 人尚未答复" in page


def test_a_suggestion_is_optional() -> None:
    user = expert_user()
    (row,) = several(user, 1)
    decline(assignment=row, by=user, note="近期出国")
    assert Assignment.objects.get().suggestion == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_invitations_cost_the_same_for_one_and_for_three(count: int, django_assert_max_num_queries: Any) -> None:
    user = expert_user()
    rows = several(user, count)
    with django_assert_max_num_queries(4):
        assert len(open_invitations(user, rows[0].round.uid)) == count
    with django_assert_max_num_queries(4):
        assert len(answers(rows[0].round).waiting) == count
