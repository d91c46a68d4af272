"""Invariants of people, organisations and roles."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q

from directory.enums import SCOPED_ROLES, MembershipState, OrganisationState
from directory.models import Membership, Organisation, Person, RoleGrant
from directory.validators import birth_date_of, validate_credit_code
from workflows.invariants import invariant


@invariant("directory.credit_codes", "a verified organisation has a valid credit code, or was imported", cheap=False)
def credit_codes() -> Iterator[str]:
    """Recompute the check digit of each."""
    for one in Organisation.objects.filter(state=OrganisationState.VERIFIED, imported=False).iterator():
        try:
            validate_credit_code(one.credit_code)
        except ValidationError:
            yield f"organisation {one.pk}"


@invariant("directory.identity", "an identity number is found by its index and agrees with the birth date", cheap=False)
def identity() -> Iterator[str]:
    """Decrypt each and compare; the numbers themselves are never said."""
    for one in Person.objects.exclude(id_number_index="").iterator():
        if one.index_of_number() != one.id_number_index or not _agrees(one):
            yield f"person {one.pk}"


def _agrees(person: Person) -> bool:
    try:
        return person.birth_date == birth_date_of(person.id_number)
    except ValueError:
        return False


@invariant("directory.scoped_roles", "a role within an organisation is held by an active member of it", cheap=False)
def scoped_roles() -> Iterator[str]:
    """Grants in force without the membership they rest on."""
    for grant in RoleGrant.objects.in_force().filter(role__in=[role.value for role in SCOPED_ROLES]):
        held = Membership.objects.filter(
            person=grant.person_id, organisation=grant.organisation_id, state=MembershipState.ACTIVE
        )
        if not held.exists():
            yield f"role {grant.pk}"


@invariant("directory.authorities", "an organisation's authority is one that recommends, and not itself")
def authorities() -> Iterator[str]:
    """Organisations under somebody who recommends nobody."""
    wrong = Organisation.objects.filter(Q(authority__is_authority=False) | Q(authority=F("pk")))
    for one in wrong:
        yield f"organisation {one.pk}"


@invariant("directory.one_role_once", "nobody holds one role in one place twice at a time")
def one_role_once() -> Iterator[str]:
    """Grants in force of the same person, role and organisation."""
    twice = (
        RoleGrant.objects.in_force()
        .values("person", "role", "organisation")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
    )
    for row in twice:
        yield f"person {row['person']} {row['role']}"
