"""An invitation runs out, is renewed under the same link, or is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from directory.actions import invitations
from directory.enums import MembershipState
from directory.models import Membership, Organisation, User
from tests.factories.directory import OrganisationFactory, PersonFactory, applicant, organisation_admin
from workflows.actions.deadlines import fire_deadlines
from workflows.enums import DeadlineState
from workflows.errors import NotAllowed, Refused
from workflows.models import Deadline, Message
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
ADDRESS = "guest@example.org"


@pytest.fixture
def organisation() -> Organisation:
    made: Organisation = OrganisationFactory.create()
    return made


@pytest.fixture
def admin(organisation: Organisation) -> User:
    return organisation_admin(organisation)


@pytest.fixture
def guest() -> User:
    user = PersonFactory.create(user__email=ADDRESS).user
    assert user is not None
    return user


@pytest.fixture
def invitation(organisation: Organisation, admin: User) -> Membership:
    return invitations.invite_member(organisation=organisation, email=ADDRESS, by=admin)


def later(days: int) -> Any:
    return time_machine.travel(timezone.now() + dt.timedelta(days=days))


def clock(membership: Membership) -> str:
    return Deadline.objects.filter(subject_id=membership.pk, kind=invitations.CLOCK).latest("pk").state


def test_it_can_be_answered_through_the_last_configured_day(settings: Any, organisation: Organisation) -> None:
    settings.INVITATION_DAYS = 3
    made = invitations.invite_member(organisation=organisation, email=ADDRESS, by=organisation_admin(organisation))
    last = timezone.localdate() + dt.timedelta(days=3)
    assert made.open_until is not None
    assert timezone.localtime(made.open_until - dt.timedelta(seconds=1)).date() == last


def test_it_expires_and_the_administrators_are_told(invitation: Membership, admin: User) -> None:
    with later(13):
        assert fire_deadlines() == 0
    with later(16):
        assert fire_deadlines() == 1
        assert fire_deadlines() == 0
    invitation.refresh_from_db()
    assert invitation.state == MembershipState.EXPIRED
    assert Message.objects.filter(to=admin).count() == 1


def test_nobody_accepts_too_late_even_while_the_clock_has_not_run(invitation: Membership, guest: User) -> None:
    with later(16), pytest.raises(Refused) as refusal:
        invitations.accept_invitation(membership=invitation, by=guest)
    assert refusal.value.codes == ["invitation_expired"]


def test_renewed_it_is_mailed_again_and_works(invitation: Membership, admin: User, guest: User) -> None:
    run_once()
    with later(16):
        fire_deadlines()
        invitation.refresh_from_db()
        invitations.renew_invitation(membership=invitation, by=admin)
        run_once()
        sent = [message.body for message in mail.outbox if message.to == [ADDRESS]]
        assert [invitation.token in body for body in sent] == [True, True]
        invitations.accept_invitation(membership=invitation, by=guest)
    assert (invitation.state, clock(invitation)) == (MembershipState.ACTIVE, DeadlineState.MET)


def test_inviting_again_renews_what_has_expired(
    organisation: Organisation, invitation: Membership, admin: User
) -> None:
    with later(16):
        fire_deadlines()
        again = invitations.invite_member(organisation=organisation, email=ADDRESS, by=admin)
    assert (again.pk, again.state) == (invitation.pk, MembershipState.INVITED)
    assert Membership.objects.filter(invited_email=ADDRESS).count() == 1


def test_withdrawn_it_cannot_be_accepted_and_its_clock_stands(invitation: Membership, admin: User, guest: User) -> None:
    invitations.withdraw_invitation(membership=invitation, by=admin, note="写错了地址")
    with pytest.raises(Refused) as refusal:
        invitations.accept_invitation(membership=invitation, by=guest)
    assert refusal.value.codes == ["wrong_state"]
    assert clock(invitation) == DeadlineState.LIFTED


def test_after_a_withdrawal_a_new_one_can_be_sent(
    organisation: Organisation, invitation: Membership, admin: User
) -> None:
    invitations.withdraw_invitation(membership=invitation, by=admin)
    again = invitations.invite_member(organisation=organisation, email=ADDRESS, by=admin)
    assert (again.pk == invitation.pk, again.token == invitation.token) == (False, False)


def test_a_declined_one_is_over(invitation: Membership, guest: User) -> None:
    invitations.decline_invitation(membership=invitation, by=guest)
    with later(16):
        assert fire_deadlines() == 0
    invitation.refresh_from_db()
    assert invitation.state == MembershipState.DECLINED


@pytest.mark.parametrize("act", [invitations.renew_invitation, invitations.withdraw_invitation])
def test_only_the_organisations_administrators_renew_and_withdraw(
    act: Any, invitation: Membership, organisation: Organisation
) -> None:
    for other in (applicant(organisation), organisation_admin(OrganisationFactory.create())):
        with pytest.raises(NotAllowed):
            act(membership=invitation, by=other)
    invitation.refresh_from_db()
    assert invitation.state == MembershipState.INVITED


def test_who_belongs_meanwhile_is_not_invited_again(
    organisation: Organisation, invitation: Membership, admin: User, guest: User
) -> None:
    invitations.accept_invitation(membership=invitation, by=guest)
    with pytest.raises(Refused) as refusal:
        invitations.invite_member(organisation=organisation, email=ADDRESS, by=admin)
    assert refusal.value.codes == ["member_already"]
