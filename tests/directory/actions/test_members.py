"""Members come by invitation or request, and lose everything within the organisation when they go."""

from __future__ import annotations

import hashlib

import pytest
from django.core import mail
from django.test import Client

from directory.actions import invitations, members
from directory.actions.roles import end_role, grant_role
from directory.enums import MembershipState, Role
from directory.models import Membership, Organisation, RoleGrant, User
from directory.queries.standing import standing
from tests.factories.directory import OrganisationFactory, PersonFactory, applicant, organisation_admin, system_admin
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry
from workflows.relay import run_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = OrganisationFactory.create()
    return made


def account(email: str) -> User:
    user = PersonFactory.create(user__email=email).user
    assert user is not None
    return user


def test_the_invited_person_accepts_and_belongs(organisation: Organisation) -> None:
    admin, guest = organisation_admin(organisation), account("guest@example.org")
    membership = invitations.invite_member(organisation=organisation, email=" Guest@Example.org ", by=admin)
    invitations.accept_invitation(membership=membership, by=guest)
    assert membership.state == MembershipState.ACTIVE
    assert standing(User.objects.get(pk=guest.pk)).member_of == {organisation.pk}


def test_the_invitation_is_mailed_once(organisation: Organisation) -> None:
    admin = organisation_admin(organisation)
    first = invitations.invite_member(organisation=organisation, email="guest@example.org", by=admin)
    again = invitations.invite_member(organisation=organisation, email="guest@example.org", by=admin)
    run_once()
    run_once()
    assert first == again
    assert [message.to for message in mail.outbox] == [["guest@example.org"]]
    assert first.token in mail.outbox[0].body


def test_nobody_else_accepts_an_invitation(organisation: Organisation) -> None:
    membership = invitations.invite_member(
        organisation=organisation, email="guest@example.org", by=organisation_admin(organisation)
    )
    with pytest.raises(NotAllowed):
        invitations.accept_invitation(membership=membership, by=account("thief@example.org"))
    membership.refresh_from_db()
    assert (membership.state, membership.person) == (MembershipState.INVITED, None)


def test_only_administrators_invite(organisation: Organisation) -> None:
    with pytest.raises(NotAllowed):
        invitations.invite_member(organisation=organisation, email="x@example.org", by=applicant(organisation))
    assert Membership.objects.filter(state=MembershipState.INVITED).count() == 0


def test_a_request_waits_for_the_administrator(organisation: Organisation) -> None:
    admin, guest = organisation_admin(organisation), account("guest@example.org")
    membership = members.request_membership(organisation=organisation, by=guest)
    assert standing(User.objects.get(pk=guest.pk)).member_of == set()
    members.confirm_member(membership=membership, by=admin)
    assert standing(User.objects.get(pk=guest.pk)).member_of == {organisation.pk}


def test_a_removed_administrator_loses_the_role_with_the_next_request(
    organisation: Organisation, client: Client
) -> None:
    admin, other = organisation_admin(organisation), organisation_admin(organisation)
    client.force_login(other)
    page = f"/bench/organisations/{organisation.uid}/invite/"
    assert client.get(page).status_code == 200
    members.end_membership(membership=organisation.memberships.get(person=other.person), by=admin)
    assert client.get(page).status_code == 404
    assert standing(User.objects.get(pk=other.pk)).roles == set()


def test_the_last_administrator_stays(organisation: Organisation) -> None:
    admin = organisation_admin(organisation)
    with pytest.raises(Refused) as refusal:
        members.end_membership(membership=organisation.memberships.get(person=admin.person), by=admin)
    assert refusal.value.codes == ["last_administrator"]


def test_an_administrator_appoints_within_the_own_organisation_only(organisation: Organisation) -> None:
    admin, colleague = organisation_admin(organisation), applicant(organisation)
    other: Organisation = OrganisationFactory.create()
    stranger = applicant(other)
    grant_role(person=colleague.person, role=Role.ORGANISATION_ADMIN, organisation=organisation, by=admin)
    assert standing(User.objects.get(pk=colleague.pk)).admin_of == {organisation.pk}
    with pytest.raises(NotAllowed):
        grant_role(person=stranger.person, role=Role.ORGANISATION_ADMIN, organisation=other, by=admin)
    with pytest.raises(NotAllowed):
        grant_role(person=colleague.person, role=Role.PROGRAMME_OFFICER, by=admin)


def test_who_has_no_profile_yet_is_told_to_fill_it_in(organisation: Organisation) -> None:
    nobody = User.objects.create_user("guest@example.org")
    membership = invitations.invite_member(
        organisation=organisation, email="guest@example.org", by=organisation_admin(organisation)
    )
    with pytest.raises(Refused) as refusal:
        invitations.accept_invitation(membership=membership, by=nobody)
    assert refusal.value.codes == ["no_person"]
    with pytest.raises(Refused) as refusal:
        members.request_membership(organisation=organisation, by=nobody)
    assert refusal.value.codes == ["no_person"]


def test_the_last_administrator_of_an_organisation_cannot_be_ended(organisation: Organisation) -> None:
    admin = organisation_admin(organisation)
    grant = RoleGrant.objects.get(person=admin.person, role=Role.ORGANISATION_ADMIN)
    with pytest.raises(Refused) as refusal:
        end_role(grant=grant, by=admin)
    assert refusal.value.codes == ["last_administrator"]
    organisation_admin(organisation)
    end_role(grant=grant, by=admin)
    assert standing(User.objects.get(pk=admin.pk)).admin_of == set()


def test_the_last_system_administrator_cannot_be_ended() -> None:
    root = system_admin()
    grant = RoleGrant.objects.get(person=root.person, role=Role.SYSTEM_ADMIN)
    with pytest.raises(Refused):
        end_role(grant=grant, by=root)
    assert standing(User.objects.get(pk=root.pk)).roles == {Role.SYSTEM_ADMIN}


def test_the_journal_holds_no_digest_that_could_be_guessed_back(organisation: Organisation) -> None:
    invitations.invite_member(organisation=organisation, email="guest@example.org", by=organisation_admin(organisation))
    data = JournalEntry.objects.get(action="directory.membership.invite").data
    assert data["email"] != hashlib.sha256(b"guest@example.org").hexdigest()
    assert "guest" not in str(data)
