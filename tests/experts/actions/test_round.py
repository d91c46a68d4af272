from __future__ import annotations

from decimal import Decimal

import pytest

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.dossier import put_in_round
from experts.actions.round import cancel_round, close_round, extend_deadline, plan_round, rank_round, send_invitations
from experts.actions.sheet import submit_score_sheet
from experts.models import Assignment, Dossier, ReviewRound
from experts.queries.results import results
from experts.scheme import CHECKS
from tests.factories.directory import officer
from tests.factories.experts import (
    SCHEME,
    accepted,
    answers,
    days,
    expert_user,
    handed_in,
    planned,
    profile_of,
    running,
)
from workflows.errors import NotAllowed, Refused
from workflows.models import OutboxMessage

pytestmark = pytest.mark.django_db


def reviewed(boss: User, *novelty: str) -> ReviewRound:
    dossiers = [handed_in(number, boss) for number, _one in enumerate(novelty, 1)]
    review_round = running(boss, *dossiers, reference="projects.call:12")
    users = [expert_user() for _one in novelty]
    for dossier, user in zip(Dossier.objects.order_by("pk"), users, strict=True):
        assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    for user, points in zip(users, novelty, strict=True):
        assignment = Assignment.objects.get(expert__person=user.person)
        accept(assignment=assignment, by=user, statement=True)
        submit_score_sheet(assignment=assignment, answers=answers(novelty=points), by=user, meant=CHECKS)
    return ReviewRound.objects.get()


def test_the_ranking_shows_ties_as_ties_and_tells_who_ordered_it_once() -> None:
    boss = officer()
    review_round = reviewed(boss, "80", "90", "80")
    rank_round(review_round=review_round, by=boss)
    assert [(one.subject_id, one.rank, one.mean, one.tied) for one in results(review_round)] == [
        ("2", 1, Decimal("90.00"), False),
        ("1", 2, Decimal("86.00"), True),
        ("3", 2, Decimal("86.00"), True),
    ]
    close_round(review_round=review_round, by=boss)
    payload = {"round_id": review_round.pk, "reference": "projects.call:12"}
    told = OutboxMessage.objects.filter(kind__startswith="review.").order_by("pk").values_list("kind", "payload")
    assert list(told) == [("review.ranked", payload), ("review.closed", payload)]


def test_results_name_no_expert() -> None:
    boss = officer()
    review_round = reviewed(boss, "80")
    person = Assignment.objects.get().expert.person
    assert person.name not in repr(results(review_round))


def test_a_dossier_without_its_sheets_is_named_and_nothing_is_ranked() -> None:
    boss, user = officer(), expert_user()
    assignment = accepted(boss, user)
    with pytest.raises(Refused) as refused:
        rank_round(review_round=assignment.round, by=boss)
    assert refused.value.codes == ["too_few_sheets"]
    assert assignment.dossier.title in str(refused.value.reasons[0].text)
    assert OutboxMessage.objects.exclude(kind="mail.send").count() == 0


def test_a_scheme_whose_weights_do_not_add_to_100_is_refused() -> None:
    scheme = {"criteria": [{"id": "a", "name": "创新性", "weight": "99"}]}
    with pytest.raises(Refused) as refused:
        plan_round(title="轮次", scheme=scheme, by=officer())
    assert refused.value.codes == ["scheme_weights"]


def test_the_same_reference_gives_the_same_round_until_it_is_cancelled() -> None:
    boss = officer()
    first = planned(boss, reference="projects.call:12")
    assert plan_round(title="again", scheme=SCHEME, by=boss, reference="projects.call:12") == first
    cancel_round(review_round=first, by=boss, note="调整方案")
    assert plan_round(title="again", scheme=SCHEME, by=boss, reference="projects.call:12") != first


def test_more_time_is_later_time() -> None:
    boss = officer()
    review_round = running(boss)
    with pytest.raises(Refused) as refused:
        extend_deadline(review_round=review_round, until=days(9), by=boss)
    assert refused.value.codes == ["not_later"]
    until = days(20)
    assert extend_deadline(review_round=review_round, until=until, by=boss).score_deadline == until


def test_an_expert_does_nothing_with_a_round() -> None:
    user = expert_user()
    review_round = planned()
    for act in (cancel_round, rank_round, close_round):
        with pytest.raises(NotAllowed):
            act(review_round=review_round, by=user, note="x")
    with pytest.raises(NotAllowed):
        plan_round(title="轮次", scheme=SCHEME, by=user)


def test_a_cancelled_round_frees_every_open_seat() -> None:
    boss, user = officer(), expert_user()
    assignment = accepted(boss, user)
    cancel_round(review_round=assignment.round, by=boss, note="指南撤回")
    assignment.refresh_from_db()
    assert (assignment.state, assignment.round.state) == ("expired", "cancelled")


def test_no_dossier_joins_once_invitations_went_out() -> None:
    boss = officer()
    assignment = accepted(boss, expert_user())
    with pytest.raises(Refused) as refused:
        put_in_round(review_round=assignment.round, dossiers=[handed_in(5, boss)], by=boss)
    assert refused.value.codes == ["round_fixed"]
