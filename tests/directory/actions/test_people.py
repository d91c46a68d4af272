"""A person's data: checked against the identity number, encrypted, every look recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from directory.actions.people import edit_person, look_at_sensitive
from directory.queries.masks import masked, masked_address
from directory.rules import may_look
from tests.factories import directory as people
from tests.factories.directory import OrganisationFactory, applicant, id_number, officer, organisation_admin
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_the_identity_number_decides_birth_date_and_gender() -> None:
    user = applicant()
    number = id_number(7, dt.date(1988, 2, 29))
    edit_person(person=user.person, facts={"id_number": number}, by=user)
    assert (user.person.birth_date, user.person.gender) == (dt.date(1988, 2, 29), "male")


def test_a_birth_date_against_the_number_is_refused_and_nothing_changes() -> None:
    user = applicant()
    before = user.person.id_number
    with pytest.raises(Refused) as refusal:
        edit_person(
            person=user.person,
            facts={"id_number": id_number(7, dt.date(1988, 2, 29)), "birth_date": dt.date(1989, 1, 1)},
            by=user,
        )
    user.person.refresh_from_db()
    assert refusal.value.codes == ["field:birth_date"]
    assert user.person.id_number == before


def test_one_identity_number_is_one_person() -> None:
    first, second = applicant(), applicant()
    with pytest.raises(Refused) as refusal:
        edit_person(person=second.person, facts={"id_number": first.person.id_number}, by=second)
    assert refusal.value.codes == ["field:id_number"]


def test_one_orcid_is_one_person() -> None:
    applicant(orcid="0000-0002-1825-0097")
    second = applicant()
    with pytest.raises(Refused) as refusal:
        edit_person(person=second.person, facts={"orcid": "0000-0002-1825-0097"}, by=second)
    assert refusal.value.codes == ["field:orcid"]


def test_the_database_and_the_journal_hold_no_readable_number() -> None:
    user = applicant()
    edit_person(person=user.person, facts={"mobile": "13912345678"}, by=user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, mobile, birth_date_text FROM directory_person")
        stored = str(cursor.fetchall())
    assert user.person.id_number not in stored
    assert "13912345678" not in stored
    assert "13912345678" not in str(list(JournalEntry.objects.values()))


def test_screens_show_masks() -> None:
    user = applicant(mobile="13912345678")
    assert masked(user.person)["mobile"] == "139****5678"
    number = user.person.id_number
    assert masked(user.person)["id_number"] == number[:4] + "*" * 10 + number[-4:]
    assert masked(user.person)["birth_date"] == "19**-**-**"


def test_the_mask_of_a_birth_date_tells_no_age() -> None:
    born = [dt.date(1999, 12, 31), dt.date(2001, 1, 1)]
    people_ = [applicant(id_number=id_number(5, day)).person for day in born]
    assert [masked(one)["birth_date"] for one in people_] == ["19**-**-**", "20**-**-**"]


def test_the_mask_of_an_address_keeps_its_domain() -> None:
    assert masked_address("wang.ming@example.org") == "wa*******@example.org"
    assert masked_address("li@example.org") == "**@example.org"


def test_every_look_is_recorded() -> None:
    organisation = OrganisationFactory.create()
    admin, user = organisation_admin(organisation), applicant(organisation, mobile="13912345678")
    assert look_at_sensitive(person=user.person, field="mobile", by=admin) == "13912345678"
    entry = JournalEntry.objects.get(action="directory.person.look")
    assert (entry.actor, entry.data) == (f"user:{admin.pk}", {"field": "mobile", "own": False})


def test_who_does_not_see_the_person_sees_no_number() -> None:
    stranger, user = applicant(), applicant()
    with pytest.raises(NotAllowed):
        look_at_sensitive(person=user.person, field="id_number", by=stranger)
    assert JournalEntry.objects.count() == 0


def test_nobody_else_changes_a_person() -> None:
    user = applicant()
    with pytest.raises(NotAllowed):
        edit_person(person=user.person, facts={"name": "改名"}, by=officer())


def test_of_the_department_only_those_who_check_people_read_their_numbers() -> None:
    user = applicant(mobile="13912345678")
    roles = ("officer", "integrity_officer", "auditor", "decision_maker", "system_admin", "expert")
    assert [role for role in roles if may_look(user.person, getattr(people, role)())] == list(roles[:2])


def test_a_gender_against_the_number_is_refused() -> None:
    user = applicant()
    with pytest.raises(Refused) as refusal:
        edit_person(person=user.person, facts={"id_number": id_number(7), "gender": "female"}, by=user)
    assert refusal.value.codes == ["field:gender"]
