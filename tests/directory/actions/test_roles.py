"""Roles: granted for a term, looked through, ended; "in force" means the same everywhere."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from directory.actions.members import end_membership
from directory.actions.roles import confirm_role, end_role, grant_role, is_last
from directory.enums import Role
from directory.models import RoleGrant, User
from directory.queries.holders import holders
from directory.queries.standing import standing
from tests.factories.directory import (
    OrganisationFactory,
    RoleGrantFactory,
    applicant,
    officer,
    organisation_admin,
    system_admin,
)
from workflows.errors import NotAllowed, Refused
from workflows.invariants import INVARIANTS
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def days(count: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=count)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_term_ends_by_itself() -> None:
    root, user = system_admin(), applicant()
    grant_role(person=user.person, role=Role.AUDITOR, by=root, until=days(10))
    assert standing(fresh(user)).roles == {Role.AUDITOR}
    with time_machine.travel(days(11)):
        assert standing(fresh(user)).roles == set()
        assert list(holders(Role.AUDITOR)) == []


def test_granting_again_changes_the_term_and_makes_no_second_grant() -> None:
    root, user = system_admin(), applicant()
    first = grant_role(person=user.person, role=Role.AUDITOR, by=root, until=days(10))
    second = grant_role(person=user.person, role=Role.AUDITOR, by=root)
    assert (second.pk, second.valid_to) == (first.pk, None)
    actions = JournalEntry.objects.filter(action__startswith="directory.role.").order_by("link__seq")
    assert list(actions.values_list("action", flat=True)) == ["directory.role.grant", "directory.role.term"]


def test_a_term_that_is_over_is_refused() -> None:
    user = applicant()
    with pytest.raises(Refused) as refusal:
        grant_role(person=user.person, role=Role.AUDITOR, by=system_admin(), until=days(-1))
    assert refusal.value.codes == ["field:until"]
    assert RoleGrant.objects.filter(person=user.person).count() == 0


def test_a_grant_with_an_end_ahead_counts_as_an_administrator() -> None:
    """Another administrator for a term is one that remains; the invariant sees two grants of one role."""
    organisation = OrganisationFactory.create()
    admin, second = organisation_admin(organisation), organisation_admin(organisation)
    RoleGrant.objects.filter(person=second.person).update(valid_to=days(30))
    grant = RoleGrant.objects.get(person=admin.person)
    assert is_last(grant) is False
    end_membership(membership=organisation.memberships.get(person=admin.person), by=admin)
    assert is_last(RoleGrant.objects.get(person=second.person)) is True


def test_a_grant_that_has_not_begun_is_no_administrator_yet() -> None:
    organisation = OrganisationFactory.create()
    admin, second = organisation_admin(organisation), organisation_admin(organisation)
    RoleGrant.objects.filter(person=second.person).update(valid_from=days(3))
    with pytest.raises(Refused) as refusal:
        end_membership(membership=organisation.memberships.get(person=admin.person), by=admin)
    assert refusal.value.codes == ["last_administrator"]


@pytest.mark.tampers
def test_the_invariant_sees_two_grants_with_ends_ahead() -> None:
    person = officer().person
    RoleGrantFactory.create(person=person, role=Role.AUDITOR, valid_to=days(5))
    RoleGrantFactory.create(person=person, role=Role.AUDITOR, valid_to=days(9))
    assert len(list(INVARIANTS["directory.one_role_once"].violations())) == 1


def test_a_role_is_confirmed_and_the_journal_says_by_whom() -> None:
    root = system_admin()
    grant = RoleGrant.objects.get(person=officer().person)
    before = timezone.now()
    looked_at = confirm_role(grant=grant, by=root).confirmed_at
    assert looked_at is not None
    assert looked_at >= before
    assert JournalEntry.objects.get(action="directory.role.confirm").actor == f"user:{root.pk}"


def test_an_ended_role_cannot_be_confirmed() -> None:
    root = system_admin()
    grant = RoleGrant.objects.get(person=officer().person)
    end_role(grant=grant, by=root)
    with pytest.raises(Refused) as refusal:
        confirm_role(grant=grant, by=root)
    assert refusal.value.codes == ["ended"]


def test_nobody_else_confirms() -> None:
    someone = officer()
    with pytest.raises(NotAllowed):
        confirm_role(grant=RoleGrant.objects.get(person=someone.person), by=someone)


def test_a_role_within_an_organisation_needs_one() -> None:
    with pytest.raises(Refused) as refusal:
        grant_role(person=applicant().person, role=Role.ORGANISATION_ADMIN, by=system_admin())
    assert refusal.value.codes == ["field:organisation"]
