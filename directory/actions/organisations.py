"""Organisations: registered by a person, verified by their authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.roles import grant_role
from directory.enums import MembershipState, OrganisationState, Role
from directory.faults import refusal
from directory.models import Membership, Organisation, User
from directory.notices import tell_members, tell_verifiers
from directory.rules import administers, is_system_admin
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused

FACTS = (
    "name",
    "name_en",
    "short_name",
    "other_names",
    "kind",
    "credit_code",
    "region",
    "parent",
    "authority",
    "founded_on",
    "address",
    "contact_name",
    "contact_phone",
)
EDITABLE = (
    *("name_en", "short_name", "other_names", "address", "contact_name", "contact_phone"),
    *("internal_lead_days", "region"),
)


def register_organisation(*, facts: Mapping[str, Any], by: User) -> Organisation:
    """Register an organisation (fields of FACTS); the person becomes its administrator when it is verified.

    Raises Refused, with one reason per field that is not valid.
    """
    with unit():
        organisation = Organisation(**{name: facts[name] for name in FACTS if name in facts})
        if organisation.authority_id is not None:
            # Registrations with one authority go one after the other: a credit code cannot slip in twice.
            Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.authority_id)
        _check(organisation)
        _save_new(organisation)
        Membership.objects.create(
            organisation=organisation, person=by.person, state=MembershipState.REQUESTED, since=timezone.localdate()
        )
        journal.append(
            action="directory.organisation.register",
            subject=organisation,
            by=by,
            data={"credit_code": organisation.credit_code, "authority": organisation.authority_id},
        )
        tell_verifiers(organisation)
    return organisation


def verify_organisation(*, organisation: Organisation, by: Actor, note: str = "") -> Organisation:
    """Verify: whoever registered it becomes its first administrator."""
    with unit():
        with perform(organisation, "verify", by=by, note=note):
            pass
        for membership in organisation.memberships.filter(state=MembershipState.REQUESTED).order_by("pk")[:1]:
            _make_first_administrator(membership)
        tell_members(organisation, "verify", note=note)
    return organisation


def refuse_organisation(*, organisation: Organisation, by: Actor, note: str) -> Organisation:
    """Refuse the registration, with the reason."""
    with unit():
        with perform(organisation, "refuse", by=by, note=note):
            pass
        tell_members(organisation, "refuse", note=note)
    return organisation


def close_organisation(*, organisation: Organisation, by: Actor, note: str) -> Organisation:
    """Close a verified organisation; roles within it mean nothing from then on."""
    with unit():
        with perform(organisation, "close", by=by, note=note):
            pass
        tell_members(organisation, "close", note=note)
    return organisation


def edit_organisation(*, organisation: Organisation, facts: Mapping[str, Any], by: User) -> Organisation:
    """Change what the organisation itself keeps up to date (fields of EDITABLE)."""
    if not (administers(organisation, by) or is_system_admin(organisation, by)):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row: Organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        for name in EDITABLE:
            if name in facts:
                setattr(row, name, facts[name])
        _check(row)
        row.version += 1
        row.save()
        changed = sorted(name for name in EDITABLE if name in facts)
        journal.append(action="directory.organisation.edit", subject=row, by=by, data={"fields": changed})
    organisation.refresh_from_db()
    return organisation


def set_up_organisation(*, facts: Mapping[str, Any]) -> Organisation:
    """An organisation that is there from the start (the department, its authorities): verified by the system."""
    with unit():
        organisation: Organisation = Organisation(state=OrganisationState.VERIFIED, **facts)
        _check(organisation)
        organisation.save()
        journal.append(action="directory.organisation.set_up", subject=organisation, by=SYSTEM)
    return organisation


def _make_first_administrator(membership: Membership) -> None:
    with perform(membership, "confirm_first", by=SYSTEM):
        pass
    assert membership.person is not None  # noqa: S101 - the database refuses a request without a person
    grant_role(person=membership.person, role=Role.ORGANISATION_ADMIN, organisation=membership.organisation, by=SYSTEM)


def _save_new(organisation: Organisation) -> None:
    """Save; what another registration took at the same instant is refused as it would be a moment later."""
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        _check(organisation)
        raise


def _check(organisation: Organisation) -> None:
    if organisation.authority is not None and not organisation.authority.is_authority:
        raise Refused(
            Reason("field:authority", _("This organisation recommends nobody."), _("Choose a bureau or department."))
        )
    try:
        organisation.clean_fields(exclude=["state"])  # the protected state cannot be assigned, even to itself
        organisation.validate_constraints()
    except ValidationError as fault:
        raise refusal(fault) from None
