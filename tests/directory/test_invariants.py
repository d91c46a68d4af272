"""Each invariant of the directory holds for people made by actions and tells when it is broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from directory.enums import Role
from directory.models import Membership, Organisation, Person
from tests.factories.directory import (
    AuthorityFactory,
    OrganisationFactory,
    RoleGrantFactory,
    applicant,
    officer,
    organisation_admin,
)
from workflows.invariants import INVARIANTS

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


def broken_code() -> None:
    organisation = OrganisationFactory.create()
    Organisation.objects.filter(pk=organisation.pk).update(credit_code="12150100MB0000001X")


def broken_identity() -> None:
    person = applicant().person
    person.birth_date = dt.date(1999, 9, 9)
    Person.objects.filter(pk=person.pk).update(birth_date_text=person.birth_date_text)


def broken_scope() -> None:
    Membership.objects.filter(person=organisation_admin(OrganisationFactory.create()).person).delete()


def broken_authority() -> None:
    OrganisationFactory.create(authority=OrganisationFactory.create())


def own_authority() -> None:
    organisation = AuthorityFactory.create()
    Organisation.objects.filter(pk=organisation.pk).update(authority=organisation)


def malformed_number() -> None:
    person = applicant().person
    person.id_number = "150102"
    person.save()


def doubled_role() -> None:
    RoleGrantFactory.create(person=officer().person, role=Role.PROGRAMME_OFFICER)


@pytest.mark.parametrize(
    ("code", "damage"),
    [
        ("directory.credit_codes", broken_code),
        ("directory.identity", broken_identity),
        ("directory.scoped_roles", broken_scope),
        ("directory.authorities", broken_authority),
        ("directory.authorities", own_authority),
        ("directory.identity", malformed_number),
        ("directory.one_role_once", doubled_role),
    ],
)
def test_each_invariant_holds_until_it_is_broken(code: str, damage: Callable[[], None]) -> None:
    organisation_admin(OrganisationFactory.create(authority=AuthorityFactory.create()))
    officer()
    assert list(INVARIANTS[code].violations()) == []
    damage()
    assert len(list(INVARIANTS[code].violations())) == 1
