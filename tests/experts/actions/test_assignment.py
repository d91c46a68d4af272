from __future__ import annotations

import pytest

from directory.models import User
from experts.actions.assignment import accept, assign_expert, decline, expire_overdue, invite, replace
from experts.actions.dossier import put_in_round
from experts.models import Assignment, Dossier, ExpertProfile, ReviewRound
from experts.queries.seats import free_seats
from tests.factories.directory import expert, officer
from tests.factories.experts import (
    ExpertProfileFactory,
    days,
    expert_user,
    handed_in,
    invited,
    profile_of,
    running,
)
from workflows.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def unit_of(user: User) -> int:
    pk: int = user.person.memberships.get().organisation_id
    return pk


def test_every_conflict_is_refused_with_its_evidence() -> None:
    boss, user = officer(), expert_user(max_load=1)
    kept = {"kept_away_people": (user.person.pk,), "kept_away_organisations": (unit_of(user),)}
    dossier, other = handed_in(1, boss, **kept), handed_in(2, boss, kept_away_people=(user.person.pk,))
    running(boss, dossier, other)
    with pytest.raises(Refused) as refused:
        assign_expert(dossier=Dossier.objects.get(pk=dossier.pk), expert=profile_of(user), by=boss)
    assert refused.value.codes == ["SAME_UNIT", "PERSON_KEPT_AWAY", "HAS_PROPOSAL_IN_BATCH"]
    assert str(user.person.memberships.get().organisation) in str(refused.value.reasons[0].text)
    assert Assignment.objects.count() == 0


def test_a_full_load_and_a_suspended_expert_are_refused() -> None:
    boss, user = officer(), expert_user(max_load=1)
    dossiers = handed_in(1, boss), handed_in(2, boss)
    running(boss, *dossiers)
    first, second = Dossier.objects.order_by("pk")
    assign_expert(dossier=first, expert=profile_of(user), by=boss)
    with pytest.raises(Refused) as refused:
        assign_expert(dossier=second, expert=profile_of(user), by=boss)
    assert refused.value.codes == ["LOAD"]
    ExpertProfile.objects.update(state="suspended", max_load=9)
    with pytest.raises(Refused) as refused:
        assign_expert(dossier=second, expert=profile_of(user), by=boss)
    assert refused.value.codes == ["NOT_ADMITTED"]


def test_what_was_declared_once_counts_for_the_subject_for_ever() -> None:
    from experts.actions.assignment import declare_conflict

    boss, user = officer(), expert_user()
    assignment = invited(boss, user)
    declare_conflict(assignment=assignment, kind="teacher", by=user, note="硕士导师")
    with pytest.raises(Refused) as refused:
        assign_expert(dossier=assignment.dossier, expert=profile_of(user), by=boss)
    assert refused.value.codes == ["DECLARED"]


def test_accepting_needs_the_statement_and_begins_the_scoring() -> None:
    user = expert_user()
    assignment = invited(officer(), user)
    with pytest.raises(Refused) as refused:
        accept(assignment=assignment, by=user, statement=False)
    assert refused.value.codes == ["statement_missing"]
    accept(assignment=assignment, by=user, statement=True)
    assert (assignment.state, ReviewRound.objects.get().state) == ("accepted", "scoring")


def test_declining_needs_a_reason_and_frees_the_seat() -> None:
    boss, user = officer(), expert_user()
    assignment = invited(boss, user)
    with pytest.raises(Refused) as refused:
        decline(assignment=assignment, by=user, note=" ")
    assert refused.value.codes == ["note_required"]
    decline(assignment=assignment, by=user, note="时间冲突")
    assert free_seats(assignment.round) == 1


def test_nobody_answers_for_another_expert() -> None:
    assignment = invited(officer(), expert_user())
    with pytest.raises(NotAllowed):
        accept(assignment=assignment, by=expert_user(), statement=True)
    with pytest.raises(NotAllowed):
        assign_expert(dossier=assignment.dossier, expert=ExpertProfileFactory.create(), by=expert())


def test_a_seat_given_after_the_invitations_is_invited_at_once() -> None:
    boss, user = officer(), expert_user()
    assignment = invited(boss, user)
    replace(assignment=assignment, by=boss, note="未答复")
    second = assign_expert(dossier=assignment.dossier, expert=profile_of(expert_user()), by=boss)
    assert (assignment.state, second.state) == ("replaced", "invited")


def test_overdue_seats_expire_once() -> None:
    assignment = invited(officer(), expert_user())
    assert expire_overdue() == 0
    ReviewRound.objects.update(score_deadline=days(-1))
    assert (expire_overdue(), expire_overdue()) == (1, 0)
    assignment.refresh_from_db()
    assert assignment.state == "expired"


def test_an_invitation_is_refused_when_a_conflict_arose_since() -> None:
    boss, user = officer(), expert_user()
    review_round = running(boss)
    dossier = Dossier.objects.get()
    assignment = assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    put_in_round(review_round=review_round, dossiers=[handed_in(9, boss, kept_away_people=(user.person.pk,))], by=boss)
    with pytest.raises(Refused) as refused:
        invite(assignment=assignment, by=boss)
    assert refused.value.codes == ["HAS_PROPOSAL_IN_BATCH"]
