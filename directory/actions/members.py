"""Members: asking to join, confirmed; ended with effect from the next request."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.roles import end_role
from directory.enums import MembershipState, OrganisationState
from directory.fields import blind_index
from directory.models import Membership, Organisation, Person, RoleGrant, User
from directory.notices import tell_administrators, tell_member
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import Reason, Refused

PRESENT = (MembershipState.REQUESTED, MembershipState.ACTIVE)


def request_membership(*, organisation: Organisation, by: User, position: str = "") -> Membership:
    """Ask to join a verified organisation; an open request is returned. Refused while the profile is empty."""
    with unit():
        person = person_of(by)
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if locked.state != OrganisationState.VERIFIED:
            raise Refused(Reason("organisation_not_verified", _("The organisation is not verified yet.")))
        found: Membership | None = locked.memberships.filter(person=person, state__in=PRESENT).first()
        if found is not None:
            return found
        membership = Membership.objects.create(
            organisation=locked, person=person, state=MembershipState.REQUESTED, position=position
        )
        record("request", membership, by)
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
            for grant in RoleGrant.objects.in_force().filter(
                person=membership.person, organisation=membership.organisation
            ):
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
        record("add", membership, SYSTEM)
    return membership


def person_of(user: User) -> Person:
    """The person of an account. Refused while its profile is empty."""
    person: Person | None = Person.objects.filter(user=user).first()
    if person is None:
        raise Refused(
            Reason("no_person", _("Your profile is empty."), _("Fill in “My profile” first, then come back."))
        )
    return person


def record(verb: str, membership: Membership, by: Actor) -> None:
    """Write to the journal what happened to a membership outside of its machine."""
    facts: dict[str, int | str | None] = {"organisation": membership.organisation_id, "person": membership.person_id}
    if membership.invited_email:
        facts["email"] = blind_index(membership.invited_email)  # a plain digest of an address could be guessed back
    journal.append(action=f"directory.membership.{verb}", subject=membership, by=by, data=facts)
