"""One's own profile, the people one sees, looks at what is masked, the panel of newcomers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from directory.actions.members import request_membership
from directory.actions.organisations import register_organisation
from directory.models import Organisation, Person, User
from tests.directory.actions.test_organisations import facts
from tests.directory.views.conftest import browser, queries, text
from tests.factories.directory import (
    AuthorityFactory,
    OrganisationFactory,
    PersonFactory,
    RoleGrantFactory,
    UserFactory,
    applicant,
    auditor,
    id_number,
    integrity_officer,
    officer,
    organisation_admin,
    system_admin,
)
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db
PROFILE, LIST = "/bench/profile/", "/bench/people/"
NUMBER = id_number(8, dt.date(1991, 3, 4))
FIELDS = ("id_number", "mobile", "birth_date")


def typed(**changes: str) -> dict[str, str]:
    return {
        "name": "乌云其其格",
        "gender": "unknown",
        "title": "associate",
        "title_name": "副研究员",
        "degree": "doctor",
        "discipline": "草原生态",
        **changes,
    }


def record(person: Person) -> str:
    return reverse("person", args=[person.uid])


# --- The profile ---


def test_the_first_visit_asks_who_one_is_and_saving_makes_the_person() -> None:
    user = UserFactory.create()
    client = browser(user)
    assert "请填写您的个人信息" in text(client.get(PROFILE))
    assert client.post(PROFILE, typed(new_id_number=NUMBER)).headers["Location"] == PROFILE
    person = Person.objects.get(user=user)
    assert (person.birth_date, person.gender) == (dt.date(1991, 3, 4), "female")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("new_id_number", NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "校验"),
        ("new_id_number", "1.50102199103E+17", "电子表格"),
        ("new_id_number", "15010219910304", "18"),
        ("new_id_number", id_number(1, dt.date(1850, 1, 1)), "不可能"),
        ("new_id_number", id_number(1, dt.date(2999, 1, 1)), "不可能"),
        ("new_birth_date", "1850-01-01", "不可能"),
        ("new_birth_date", "2999-01-01", "不可能"),
        ("new_birth_date", "1991-02-30", "日期"),
        ("new_mobile", "12345678901", "11"),
        ("orcid", "0000-0002-1825-0098", "ORCID"),
        ("orcid", "0000000218250097", "0000-0002-1825-0097"),
        ("name", "", "必填"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_what_was_typed_stays(field: str, value: str, says: str) -> None:
    user = applicant()
    before = Person.objects.values().get(user=user)
    answer = browser(user).post(PROFILE, typed(**{field: value}))
    assert list(answer.context["form"].errors) == [field]
    assert says in str(answer.context["form"].errors[field])
    assert "草原生态" in text(answer)
    assert value in text(answer)
    assert {**Person.objects.values().get(user=user), "id_number": 0, "mobile": 0, "birth_date_text": 0} == {
        **before,
        "id_number": 0,
        "mobile": 0,
        "birth_date_text": 0,
    }


def test_a_birth_date_against_the_number_typed_is_said_at_the_birth_date() -> None:
    answer = browser(UserFactory.create()).post(PROFILE, typed(new_id_number=NUMBER, new_birth_date="1991-03-05"))
    assert list(answer.context["form"].errors) == ["new_birth_date"]


def test_a_birth_date_against_the_number_that_is_stored_is_said_there_too() -> None:
    answer = browser(applicant(id_number=NUMBER)).post(PROFILE, typed(new_birth_date="1991-03-05"))
    assert list(answer.context["form"].errors) == ["new_birth_date"]
    assert "草原生态" in text(answer)


def test_a_number_that_somebody_else_has_is_said_at_the_number() -> None:
    applicant(id_number=NUMBER)
    answer = browser(UserFactory.create()).post(PROFILE, typed(new_id_number=NUMBER))
    assert list(answer.context["form"].errors) == ["new_id_number"]
    assert Person.objects.filter(name="乌云其其格").count() == 0


def test_an_address_of_an_orcid_and_full_width_digits_are_taken() -> None:
    user = applicant()
    wide = "".join(chr(ord(one) + 0xFEE0) for one in "13912345678")
    browser(user).post(PROFILE, typed(orcid="https://orcid.org/0000-0002-1825-0097", new_mobile=wide))
    person = Person.objects.get(user=user)
    assert (person.orcid, person.mobile) == ("0000-0002-1825-0097", "13912345678")


def test_empty_sensitive_fields_keep_what_is_stored() -> None:
    user = applicant(mobile="13912345678", id_number=NUMBER)
    browser(user).post(PROFILE, typed())
    person = Person.objects.get(user=user)
    assert (person.mobile, person.id_number, person.name) == ("13912345678", NUMBER, "乌云其其格")


def test_the_profile_page_holds_masks_and_no_number() -> None:
    user = applicant(mobile="13912345678", id_number=NUMBER)
    page = text(browser(user).get(PROFILE))
    assert "13912345678" not in page
    assert NUMBER not in page
    assert "1991-03-04" not in page
    assert "139****5678" in page
    assert "19**-**-**" in page


# --- The list ---


def test_the_list_shows_whom_one_sees() -> None:
    organisation = OrganisationFactory.create()
    admin, member, stranger = organisation_admin(organisation), applicant(organisation), applicant()
    seen = {one.pk for one in browser(admin).get(LIST).context["page"]}
    assert seen == {admin.person.pk, member.person.pk}
    assert stranger.person.pk in {one.pk for one in browser(auditor()).get(LIST).context["page"]}


def test_people_are_found_by_name_organisation_and_title() -> None:
    there = OrganisationFactory.create(name="阴山草原生态研究所")
    applicant(there, name="王喆", title="senior")
    applicant(OrganisationFactory.create(name="别处大学"), name="孟根")
    ask = browser(officer()).get
    for asked in ({"q": "王"}, {"q": "草原"}, {"q": "阴山", "title": "senior"}):
        assert [one.name for one in ask(LIST, asked).context["page"]] == ["王喆"]
    assert list(ask(LIST, {"q": "王", "title": "junior"}).context["page"]) == []


def test_the_list_asks_the_same_for_one_and_three_people() -> None:
    user, found = officer(), []
    for count in (1, 2):
        for _one in range(count):
            applicant()
        found.append(queries(user, LIST))
    assert found == [found[0]] * 2
    assert found[0] <= 12


# --- The record, and what is masked ---


def test_a_stranger_finds_nobody() -> None:
    other = applicant().person
    client = browser(applicant())
    assert client.get(record(other)).status_code == 404
    assert client.post(reverse("person-sensitive", args=[other.uid]), {"field": "mobile"}).status_code == 404


def test_the_record_shows_memberships_and_roles_and_asks_the_same_for_more() -> None:
    root, found = system_admin(), []
    person = officer().person
    for count in (1, 2):
        for _one in range(count):
            RoleGrantFactory.create(
                person=person,
                role="auditor",
                valid_to=dt.datetime(2021, 1, 1, tzinfo=dt.UTC),
                granted_by=PersonFactory.create().user,
            )
        found.append(queries(root, record(person)))
    assert found == [found[0]] * 2
    assert "已终止" in text(browser(root).get(record(person)))


@pytest.mark.parametrize("make", [officer, integrity_officer])
@pytest.mark.parametrize("field", FIELDS)
def test_every_look_at_a_masked_value_is_in_the_journal(make: Any, field: str) -> None:
    person, looker = applicant(mobile="13912345678", id_number=NUMBER).person, make()
    client = browser(looker)
    client.get(record(person))
    assert JournalEntry.objects.filter(action="directory.person.look").count() == 0
    shown = text(client.post(reverse("person-sensitive", args=[person.uid]), {"field": field}))
    assert {"id_number": NUMBER, "mobile": "13912345678", "birth_date": "1991-03-04"}[field] in shown
    entry = JournalEntry.objects.get(action="directory.person.look")
    assert (entry.actor, entry.data) == (f"user:{looker.pk}", {"field": field, "own": False})


def test_ones_own_look_is_recorded_too() -> None:
    user = applicant(mobile="13912345678")
    browser(user).post(reverse("person-sensitive", args=[user.person.uid]), {"field": "mobile"})
    assert JournalEntry.objects.get(action="directory.person.look").data == {"field": "mobile", "own": True}


def test_a_look_is_never_a_link_and_never_at_another_field() -> None:
    user = applicant()
    client, page = browser(user), reverse("person-sensitive", args=[user.person.uid])
    assert client.get(page, {"field": "mobile"}).status_code == 405
    assert client.post(page, {"field": "name"}).status_code == 404
    assert JournalEntry.objects.count() == 0


def test_who_may_not_look_has_no_button_and_gets_nothing() -> None:
    person, client = applicant(mobile="13912345678").person, browser(auditor())
    assert "/sensitive/" not in text(client.get(record(person)))
    answer = client.post(reverse("person-sensitive", args=[person.uid]), {"field": "mobile"})
    assert (answer.status_code, JournalEntry.objects.count()) == (404, 0)


# --- Accounts ---


def test_an_account_is_closed_with_a_reason_and_reopened() -> None:
    root, user = system_admin(), applicant()
    page, client = reverse("person-account", args=[user.person.uid]), browser(root)
    assert page in text(client.get(record(user.person)))
    answer = client.post(page, {"active": "", "note": ""})
    assert list(answer.context["form"].errors) == ["note"]
    assert client.post(page, {"active": "", "note": "已调离"}).headers["Location"] == record(user.person)
    assert User.objects.get(pk=user.pk).is_active is False
    client.post(page, {"active": "1", "note": ""})
    assert User.objects.get(pk=user.pk).is_active is True


def test_ones_own_account_stays_open_and_nobody_else_closes_any() -> None:
    root, user = system_admin(), applicant()
    own = reverse("person-account", args=[root.person.uid])
    answer = browser(root).post(own, {"active": "", "note": "试试"})
    assert (answer.status_code, [one.code for one in answer.context["reasons"]]) == (409, ["own_account"])
    assert "试试" in text(answer)
    assert browser(officer()).get(reverse("person-account", args=[user.person.uid])).status_code == 404


# --- Newcomers ---


def newcomer() -> User:
    user = PersonFactory.create().user
    assert user is not None
    return user


def test_home_tells_an_account_without_a_person_to_fill_in_the_profile() -> None:
    page = text(browser(UserFactory.create()).get("/bench/"))
    assert "填写我的资料" in page
    assert "/bench/organisations/join/" not in page


def test_home_tells_a_person_without_an_organisation_to_join_or_register() -> None:
    page = text(browser(newcomer()).get("/bench/"))
    assert "/bench/organisations/join/" in page
    assert "/bench/organisations/register/" in page


def test_home_says_what_a_request_waits_for() -> None:
    user = newcomer()
    request_membership(organisation=OrganisationFactory.create(name="敕勒川大学"), by=user)
    page = text(browser(user).get("/bench/"))
    assert "您已申请加入敕勒川大学，下一步由其管理员确认" in page


def test_home_says_what_a_registration_waits_for() -> None:
    user, authority = newcomer(), AuthorityFactory.create(name="包头市科学技术局")
    register_organisation(facts=facts(authority), by=user)
    assert "下一步由包头市科学技术局审核" in text(browser(user).get("/bench/"))
    assert Organisation.objects.filter(authority=authority).count() == 1


def test_members_and_staff_have_no_such_panel() -> None:
    for user in (applicant(), officer()):
        assert "newcomer-title" not in text(browser(user).get("/bench/"))
