"""Who holds a role now: the accounts to tell."""

from __future__ import annotations

from django.db.models import QuerySet

from directory.enums import Role
from directory.models import RoleGrant, User


def holders(role: Role, organisation_id: int | None = None) -> QuerySet[User]:
    """The active accounts that hold `role` now, within one organisation where one is given: one query."""
    grants = RoleGrant.objects.in_force().filter(role=role)
    if organisation_id is not None:
        grants = grants.filter(organisation_id=organisation_id)
    return User.objects.filter(is_active=True, person__role_grants__in=grants).distinct().order_by("pk")
