"""Who sees which organisation, person, membership: one `visible_to` each."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from directory.enums import MembershipState, OrganisationState, Role
from directory.queries.standing import standing

READERS = (
    Role.PROGRAMME_OFFICER,
    Role.DECISION_MAKER,
    Role.INTEGRITY_OFFICER,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
)


class OrganisationQuerySet(QuerySet[Any]):
    """Organisations."""

    def verified(self) -> OrganisationQuerySet:
        """Those that may host and recommend."""
        return self.filter(state=OrganisationState.VERIFIED)

    def to_verify(self, user: Any) -> OrganisationQuerySet:
        """Those that wait for the verification of `user`: under an authority it recommends for, or under none."""
        return self.filter(_waits_for(user))

    def urgent_first(self, user: Any) -> OrganisationQuerySet:
        """Those that wait for the verification of `user`, oldest first; then the others by name."""
        waits = When(_waits_for(user), then=Value(0))
        rows = self.annotate(urgency=Case(waits, default=Value(1), output_field=IntegerField()))
        found: OrganisationQuerySet = rows.order_by("urgency", Case(When(urgency=0, then="state_since")), "name", "pk")
        return found

    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """Own ones and those one asks to join, those under one's authority; staff of the department see all."""
        who = standing(user)
        if who.has(*READERS):
            return self.all()
        own = Q(pk__in=who.admin_of | who.member_of | who.recommends_for)
        asked = Q(memberships__person_id=who.person_id, memberships__state=MembershipState.REQUESTED)
        return self.filter(own | asked | Q(authority_id__in=who.recommends_for)).distinct()


def _waits_for(user: Any) -> Q:
    who = standing(user)
    mine = Q(authority_id__in=who.recommends_for)
    if who.has(Role.SYSTEM_ADMIN):
        mine |= Q(authority=None)
    return mine & Q(state=OrganisationState.REGISTERED, imported=False)


class PersonQuerySet(QuerySet[Any]):
    """People."""

    def visible_to(self, user: Any) -> PersonQuerySet:
        """Oneself, who belongs or asks to belong to an organisation one administers; staff see all."""
        who = standing(user)
        if who.has(*READERS):
            return self.all()
        return self.filter(
            Q(pk=who.person_id)
            | Q(memberships__organisation_id__in=who.admin_of, memberships__state__in=["active", "requested"])
        ).distinct()


class MembershipQuerySet(QuerySet[Any]):
    """Memberships and invitations."""

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """One's own, those sent to one's address, those of organisations one administers."""
        who = standing(user)
        if who.has(*READERS):
            return self.all()
        if not getattr(user, "is_authenticated", False):
            return self.none()
        mine = Q(person_id=who.person_id) if who.person_id else Q(pk__in=[])
        return self.filter(mine | Q(invited_email__iexact=user.email) | Q(organisation_id__in=who.admin_of)).distinct()


class RoleGrantQuerySet(QuerySet[Any]):
    """Roles."""

    def in_force(self) -> RoleGrantQuerySet:
        """The grants that hold now: begun, and without an end or with one ahead."""
        now = timezone.now()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now), valid_from__lte=now)
