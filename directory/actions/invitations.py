"""Invitations to an organisation: sent by its administrator, answered within some days, renewed or withdrawn."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.members import PRESENT, person_of, record
from directory.enums import MembershipState
from directory.models import Membership, Organisation, Person, User
from directory.notices import tell_administrators, tell_invited
from directory.rules import administers
from workflows.actions.deadlines import lift_deadline, meet_deadline, set_deadline
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused

CLOCK = "directory.invitation"


def invite_member(*, organisation: Organisation, email: str, by: User, position: str = "") -> Membership:
    """Invite somebody by e-mail, for INVITATION_DAYS; an invitation that is open already is returned."""
    if not administers(organisation, by):
        raise NotAllowed(Reason("not_allowed", _("You may not invite for this organisation.")))
    address = email.strip().lower()
    with unit():
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        _not_there(locked, address)
        found = _unanswered(locked, address)
        if found is not None:
            return found if found.state == MembershipState.INVITED else renew_invitation(membership=found, by=by)
        membership = Membership.objects.create(
            organisation=locked,
            invited_email=address,
            position=position,
            invited_by=by,
            token=secrets.token_urlsafe(24),
            open_until=_open_until(),
        )
        record("invite", membership, by)
        _send(membership)
    return membership


def accept_invitation(*, membership: Membership, by: User, note: str = "") -> Membership:
    """Accept as the person invited: the account has the invited address. Refused while its profile is empty."""
    with unit():
        person = person_of(by)
        _not_twice(membership, person)
        with perform(membership, "accept", by=by, note=note) as row:
            row.person = person
            row.since = timezone.localdate()
        meet_deadline(subject=membership, kind=CLOCK, by=by)
        tell_administrators(membership, "accept")
    return membership


def decline_invitation(*, membership: Membership, by: User, note: str = "") -> Membership:
    """Decline as the person invited."""
    with unit():
        with perform(membership, "decline", by=by, note=note):
            pass
        meet_deadline(subject=membership, kind=CLOCK, by=by)
        tell_administrators(membership, "decline")
    return membership


def renew_invitation(*, membership: Membership, by: Actor, note: str = "") -> Membership:
    """Give an open or expired invitation its full time again, and mail it again. The link stays the same."""
    with unit():
        _not_there(membership.organisation, membership.invited_email)
        with perform(membership, "renew", by=by, note=note) as row:
            row.open_until = _open_until()
        _send(membership)
    return membership


def withdraw_invitation(*, membership: Membership, by: Actor, note: str = "") -> Membership:
    """Take an invitation back: its link leads nowhere from now on."""
    with unit():
        with perform(membership, "withdraw", by=by, note=note):
            pass
        lift_deadline(subject=membership, kind=CLOCK, by=by)
    return membership


def expire_invitation(*, membership: Membership) -> Membership:
    """Close an invitation that nobody has answered in time, and tell the administrators."""
    with unit():
        with perform(membership, "expire", by=SYSTEM):
            pass
        tell_administrators(membership, "expire")
    return membership


def _open_until() -> dt.datetime:
    """Midnight after the last day: nobody has to reckon hours."""
    last = timezone.localdate() + dt.timedelta(days=settings.INVITATION_DAYS)
    return timezone.make_aware(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min))


def _send(membership: Membership) -> None:
    assert membership.open_until is not None  # noqa: S101 - every invitation is given one
    set_deadline(subject=membership, kind=CLOCK, due_at=membership.open_until, by=SYSTEM)
    tell_invited(membership)


def _unanswered(organisation: Organisation, address: str) -> Membership | None:
    waiting = (MembershipState.INVITED, MembershipState.EXPIRED)
    found: Membership | None = organisation.memberships.filter(invited_email__iexact=address, state__in=waiting).first()
    return found


def _not_there(organisation: Organisation, address: str) -> None:
    if organisation.memberships.filter(person__user__email__iexact=address, state__in=PRESENT).exists():
        raise Refused(Reason("member_already", _("This person belongs to the organisation already.")))


def _not_twice(membership: Membership, person: Person) -> None:
    if membership.organisation.memberships.filter(person=person, state__in=PRESENT).exists():
        raise Refused(Reason("member_already", _("You belong to this organisation already.")))
