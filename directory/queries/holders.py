"""Who holds a role now: the accounts to tell."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from directory.enums import Role
from directory.models import RoleGrant, User


def holders(role: Role, organisation_id: int | None = None) -> QuerySet[User]:
    """The active accounts that hold `role` now, within one organisation where one is given: one query."""
    now = timezone.now()
    grants = RoleGrant.objects.filter(role=role, valid_from__lte=now).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=now)
    )
    if organisation_id is not None:
        grants = grants.filter(organisation_id=organisation_id)
    return User.objects.filter(is_active=True, person__role_grants__in=grants).distinct().order_by("pk")
