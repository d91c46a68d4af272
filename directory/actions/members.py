"""Members: invited by the administrator or asking to join; ended with effect from the next request."""

from __future__ import annotations

import secrets

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.roles import end_role, in_force
from directory.enums import MembershipState, OrganisationState
from directory.fields import blind_index
from directory.models import Membership, Organisation, Person, User
from directory.notices import tell_administrators, tell_invited, tell_member
from directory.rules import administers
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused

PRESENT = (MembershipState.REQUESTED, MembershipState.ACTIVE)


def invite_member(*, organisation: Organisation, email: str, by: User, position: str = "") -> Membership:
    """Invite somebody by e-mail; an invitation that is open already is returned."""
    if not administers(organisation, by):
        raise NotAllowed(Reason("not_allowed", _("You may not invite for this organisation.")))
    address = email.strip().lower()
    with unit():
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if locked.memberships.filter(person__user__email__iexact=address, state__in=PRESENT).exists():
            raise Refused(Reason("member_already", _("This person belongs to the organisation already.")))
        found: Membership | None = locked.memberships.filter(
            invited_email__iexact=address, state=MembershipState.INVITED
        ).first()
        if found is not None:
            return found
        membership = Membership.objects.create(
            organisation=locked,
            invited_email=address,
            position=position,
            invited_by=by,
            token=secrets.token_urlsafe(24),
        )
        _note("invite", membership, by)
        tell_invited(membership)
    return membership


def accept_invitation(*, membership: Membership, by: User) -> Membership:
    """Accept as the person invited: the account has the invited address. Refused while its profile is empty."""
    with unit():
        person = _person_of(by)
        _not_twice(membership, person)
        with perform(membership, "accept", by=by) as row:
            row.person = person
            row.since = timezone.localdate()
        tell_administrators(membership, "accept")
    return membership


def decline_invitation(*, membership: Membership, by: User, note: str = "") -> Membership:
    """Decline as the person invited."""
    with unit():
        with perform(membership, "decline", by=by, note=note):
            pass
        tell_administrators(membership, "decline")
    return membership


def request_membership(*, organisation: Organisation, by: User, position: str = "") -> Membership:
    """Ask to join a verified organisation; an open request is returned. Refused while the profile is empty."""
    with unit():
        person = _person_of(by)
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if locked.state != OrganisationState.VERIFIED:
            raise Refused(Reason("organisation_not_verified", _("The organisation is not verified yet.")))
        found: Membership | None = locked.memberships.filter(person=person, state__in=PRESENT).first()
        if found is not None:
            return found
        membership = Membership.objects.create(
            organisation=locked, person=person, state=MembershipState.REQUESTED, position=position
        )
        _note("request", membership, by)
        tell_administrators(membership, "request")
    return membership


def confirm_member(*, membership: Membership, by: Actor, note: str = "") -> Membership:
    """Confirm who asked to join."""
    with unit():
        with perform(membership, "confirm", by=by, note=note) as row:
            row.since = timezone.localdate()
        tell_member(membership, "confirm", note=note)
    return membership


def turn_down_member(*, membership: Membership, by: Actor, note: str) -> Membership:
    """Turn down who asked to join, with the reason."""
    with unit():
        with perform(membership, "turn_down", by=by, note=note):
            pass
        tell_member(membership, "turn_down", note=note)
    return membership


def end_membership(*, membership: Membership, by: Actor, note: str = "") -> Membership:
    """End a membership and every role of the person within the organisation, at once."""
    with unit():
        # The rule of the last administrator is asked by one at a time.
        Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
        with perform(membership, "end", by=by, note=note) as row:
            row.until = timezone.localdate()
        if membership.person is not None:
            for grant in in_force().filter(person=membership.person, organisation=membership.organisation):
                end_role(grant=grant, by=SYSTEM, keep_last=False)
            tell_member(membership, "end", note=note)
    return membership


def add_member(*, organisation: Organisation, person: Person, position: str = "") -> Membership:
    """A member who is there from the start (demo, imports): active, by the system."""
    with unit():
        membership = Membership.objects.create(
            organisation=organisation,
            person=person,
            state=MembershipState.ACTIVE,
            position=position,
            since=timezone.localdate(),
        )
        _note("add", membership, SYSTEM)
    return membership


def _person_of(user: User) -> Person:
    person: Person | None = Person.objects.filter(user=user).first()
    if person is None:
        raise Refused(
            Reason("no_person", _("Your profile is empty."), _("Fill in “My profile” first, then come back."))
        )
    return person


def _not_twice(membership: Membership, person: Person) -> None:
    if membership.organisation.memberships.filter(person=person, state__in=PRESENT).exists():
        raise Refused(Reason("member_already", _("You belong to this organisation already.")))


def _note(verb: str, membership: Membership, by: Actor) -> None:
    facts: dict[str, int | str | None] = {"organisation": membership.organisation_id, "person": membership.person_id}
    if membership.invited_email:
        facts["email"] = blind_index(membership.invited_email)  # a plain digest of an address could be guessed back
    journal.append(action=f"directory.membership.{verb}", subject=membership, by=by, data=facts)
