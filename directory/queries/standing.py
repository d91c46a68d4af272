"""Where a user stands: roles and memberships in force now, read once per request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from directory.enums import STAFF_ROLES, MembershipState, OrganisationState, Role


@dataclass(frozen=True)
class Standing:
    """Primary keys, not objects: `admin_of` and `recommends_for` are organisations, `member_of` too.

    `recommends_for` holds the authority itself; whom it recommends is `Organisation.authority`.
    """

    person_id: int | None
    roles: frozenset[str]
    admin_of: frozenset[int]
    recommends_for: frozenset[int]
    member_of: frozenset[int]

    def has(self, *roles: Role) -> bool:
        """Whether any of `roles` is held now."""
        return bool(self.roles.intersection(roles))

    @property
    def is_staff_role(self) -> bool:
        """Whether a role is held that demands a second factor."""
        return bool(self.roles & STAFF_ROLES)


NOBODY = Standing(None, frozenset(), frozenset(), frozenset(), frozenset())


def standing(user: Any) -> Standing:
    """The standing of `user`: two queries the first time, none after; nobody's for the anonymous and the system."""
    if getattr(user, "is_system", False) or not user.is_authenticated or not user.is_active:
        return NOBODY
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None:
        kept = user._standing = _read(user)
    return kept


def _read(user: Any) -> Standing:
    from directory.models import Membership, RoleGrant

    person = getattr(user, "person", None)
    if person is None:
        return NOBODY
    grants = list(
        RoleGrant.objects.in_force()
        .filter(person=person)
        .filter(Q(organisation__isnull=True) | Q(organisation__state=OrganisationState.VERIFIED))
        .values_list("role", "organisation_id")
    )
    members = Membership.objects.filter(person=person, state=MembershipState.ACTIVE)
    return Standing(
        person_id=person.pk,
        roles=frozenset(role for role, _org in grants),
        admin_of=_scope(grants, Role.ORGANISATION_ADMIN),
        recommends_for=_scope(grants, Role.RECOMMENDING_OFFICER),
        member_of=frozenset(members.values_list("organisation_id", flat=True)),
    )


def _scope(grants: Sequence[tuple[str, int | None]], role: Role) -> frozenset[int]:
    return frozenset(org for held, org in grants if held == role and org is not None)


def holds(*roles: Role) -> Callable[[Any], bool]:
    """A test over users: whether any of `roles` is held now."""
    return lambda user: standing(user).has(*roles)
