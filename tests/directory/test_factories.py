"""The people that tests are made of are who they say they are."""

from __future__ import annotations

import pytest

from directory.enums import Role
from directory.models import Person
from directory.queries.standing import standing
from directory.validators import validate_credit_code, validate_id_number
from tests.factories import directory as people


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", ["officer", "decision_maker", "integrity_officer", "auditor", "system_admin", "expert"]
)
def test_each_role_stands_where_its_name_says(role: str) -> None:
    user = getattr(people, role)()
    held = {"officer": Role.PROGRAMME_OFFICER}.get(role) or Role(role)
    assert standing(user).roles == {held}


@pytest.mark.django_db
def test_an_administrator_administers_its_organisation_only() -> None:
    mine, other = people.OrganisationFactory.create(), people.OrganisationFactory.create()
    assert standing(people.organisation_admin(mine)).admin_of == {mine.pk}
    assert standing(people.applicant(other)).admin_of == set()


@pytest.mark.django_db
def test_numbers_are_valid_and_kept_unreadable() -> None:
    person = people.PersonFactory.create()
    organisation = people.OrganisationFactory.create()
    validate_id_number(person.id_number)
    validate_credit_code(organisation.credit_code)
    raw = Person.objects.filter(pk=person.pk).extra(select={"raw": "id_number"}).values_list("raw", flat=True).get()
    assert raw != person.id_number
    assert Person.objects.get(pk=person.pk).id_number == person.id_number
