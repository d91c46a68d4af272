"""What must hold now: conditions of this room's machines, each failure with what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import OrganisationState, Role
from directory.validators import validate_credit_code
from workflows.errors import Reason

if TYPE_CHECKING:
    from directory.models import Membership, Organisation


def credit_code_is_valid(organisation: Organisation) -> Reason | None:
    """The unified social credit code has its check digit."""
    try:
        validate_credit_code(organisation.credit_code)
    except ValidationError as fault:
        return Reason("credit_code", fault.messages[0], _("Refuse the registration and say which digit is wrong."))
    return None


def invitation_is_open(membership: Membership) -> Reason | None:
    """The time to answer the invitation has not run out."""
    if membership.open_until is None or membership.open_until > timezone.now():
        return None
    return Reason(
        "invitation_expired",
        _("The invitation has expired."),
        _("Ask an administrator of the organisation to renew it."),
    )


def organisation_is_verified(membership: Membership) -> Reason | None:
    """The organisation is verified."""
    if membership.organisation.state == OrganisationState.VERIFIED:
        return None
    return Reason(
        "organisation_not_verified",
        _("The organisation is not verified yet."),
        _("Its authority verifies it first."),
    )


def an_administrator_remains(membership: Membership) -> Reason | None:
    """Ending the membership does not leave the organisation without an administrator."""
    from directory.models import RoleGrant

    if membership.person_id is None:
        return None
    grants = RoleGrant.objects.in_force().filter(
        role=Role.ORGANISATION_ADMIN, organisation_id=membership.organisation_id
    )
    mine = grants.filter(person_id=membership.person_id).exists()
    if not mine or grants.exclude(person_id=membership.person_id).exists():
        return None
    return Reason(
        "last_administrator",
        _("This is the organisation's last administrator."),
        _("Appoint another administrator first."),
    )
