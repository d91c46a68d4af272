"""Roles: granted and ended, within an organisation where the role demands one."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.models import Organisation, Person, RoleGrant
from directory.querysets import RoleGrantQuerySet
from directory.rules import may_grant, needs_scope
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused

# Somebody must always hold these: nobody else could appoint the next.
KEPT = (Role.ORGANISATION_ADMIN, Role.SYSTEM_ADMIN)


def grant_role(
    *,
    person: Person,
    role: Role,
    by: Actor,
    organisation: Organisation | None = None,
    until: dt.datetime | None = None,
) -> RoleGrant:
    """Grant a role from now on, `until` an instant where one is given; who holds it already keeps it with that term.

    Raises NotAllowed; Refused when the term is over, the role needs an organisation or the person is no active
    member of it.
    """
    if not may_grant(role, organisation.pk if organisation else None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not grant this role.")))
    with unit():
        Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        _check(person, role, organisation, until)
        held = RoleGrant.objects.in_force().filter(person=person, role=role, organisation=organisation).first()
        if held is not None:
            return _with_term(held, until, by)
        grant = RoleGrant.objects.create(
            person=person,
            role=role,
            organisation=organisation,
            valid_from=timezone.now(),
            valid_to=until,
            granted_by_id=by.pk,
            confirmed_at=timezone.now(),
        )
        _record("grant", grant, by)
    return grant


def end_role(*, grant: RoleGrant, by: Actor, keep_last: bool = True) -> RoleGrant:
    """End a role now: the next request of the person is without it.

    keep_last -- refuse to end the last administrator of an organisation, or of the system.
    """
    if not may_grant(grant.role, grant.organisation_id, by):
        raise NotAllowed(Reason("not_allowed", _("You may not end this role.")))
    with unit():
        if keep_last:
            _keep_last(grant)
        row = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
        now = timezone.now()
        if row.valid_to is None or row.valid_to > now:
            row.valid_to = max(now, row.valid_from)
            row.save(update_fields=["valid_to"])
            _record("end", row, by)
    grant.refresh_from_db()
    return grant


def confirm_role(*, grant: RoleGrant, by: Actor) -> RoleGrant:
    """Say that the person still needs the role: what is looked through once a year. Refused once it has ended."""
    if not may_grant(grant.role, grant.organisation_id, by):
        raise NotAllowed(Reason("not_allowed", _("You may not confirm this role.")))
    with unit():
        row = RoleGrant.objects.in_force().select_for_update(of=("self",)).filter(pk=grant.pk).first()
        if row is None:
            raise Refused(Reason("ended", _("This role has ended."), _("Grant it anew.")))
        row.confirmed_at = timezone.now()
        row.save(update_fields=["confirmed_at"])
        _record("confirm", row, by)
    grant.refresh_from_db()
    return grant


def is_last(grant: RoleGrant) -> bool:
    """Whether ending the grant would leave the organisation, or the system, without an administrator."""
    return grant.role in KEPT and not alike(grant).exclude(pk=grant.pk).exists()


def alike(grant: RoleGrant) -> RoleGrantQuerySet:
    """The grants in force of the same role in the same place, `grant` among them."""
    return RoleGrant.objects.in_force().filter(role=grant.role, organisation=grant.organisation)


def _keep_last(grant: RoleGrant) -> None:
    """Refuse to end the only grant of its kind. One at a time, so that two cannot end each other.

    Asked again once the locks are held: what was in force when the waiting began may have ended meanwhile.
    """
    if grant.role not in KEPT:
        return
    if grant.organisation_id is not None:
        Organisation.objects.select_for_update(of=("self",)).get(pk=grant.organisation_id)
    list(alike(grant).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if is_last(grant):
        raise Refused(
            Reason("last_administrator", _("This is the last administrator."), _("Appoint another one first."))
        )


def _with_term(grant: RoleGrant, until: dt.datetime | None, by: Actor) -> RoleGrant:
    if grant.valid_to != until:
        grant.valid_to = until
        grant.save(update_fields=["valid_to"])
        _record("term", grant, by)
    return grant


def _check(person: Person, role: Role, organisation: Organisation | None, until: dt.datetime | None) -> None:
    if until is not None and until <= timezone.now():
        raise Refused(Reason("field:until", _("The term is over already."), _("Give a day in the future or none.")))
    if not needs_scope(role):
        return
    if organisation is None:
        raise Refused(
            Reason("field:organisation", _("This role is held within an organisation."), _("Choose the organisation."))
        )
    if not person.memberships.filter(organisation=organisation, state="active").exists():
        raise Refused(
            Reason(
                "not_a_member",
                _("The person is no active member of the organisation."),
                _("Invite the person first."),
            )
        )


def _record(verb: str, grant: RoleGrant, by: Actor) -> None:
    facts = {
        "role": grant.role,
        "person": grant.person_id,
        "organisation": grant.organisation_id,
        "until": grant.valid_to,
    }
    entry = journal.append(action=f"directory.role.{verb}", subject=grant, by=by, data=facts)
    queue(kind="directory.role.changed", key=f"role:{entry.uid}", payload={"user_id": grant.person.user_id})
