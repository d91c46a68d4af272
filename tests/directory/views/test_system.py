"""Pages of the system administrator: roles, the working calendar, reference data."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.actions.reference import load_focus_areas, load_regions
from directory.enums import Role
from directory.models import CalendarDay, RoleGrant
from tests.directory.views.conftest import browser, queries, text
from tests.factories.directory import (
    OrganisationFactory,
    RoleGrantFactory,
    applicant,
    auditor,
    officer,
    organisation_admin,
    system_admin,
)

pytestmark = pytest.mark.django_db
ROLES, GRANT, CALENDAR, REFERENCE = "/bench/roles/", "/bench/roles/grant/", "/bench/calendar/", "/bench/reference/"


def shown(answer: Any) -> list[tuple[str, str]]:
    return [(one.person.name, one.role) for one in answer.context["page"]]


def end_page(grant: RoleGrant) -> str:
    return reverse("role-end", args=[grant.pk])


@pytest.mark.parametrize("page", [ROLES, GRANT, ROLES + "list.xlsx", CALENDAR, REFERENCE])
@pytest.mark.parametrize("make", [applicant, officer, auditor])
def test_nobody_else_finds_these_pages(make: Any, page: str) -> None:
    assert browser(make()).get(page).status_code == 404


# --- Roles ---


def test_a_role_is_granted_for_a_term() -> None:
    root, user = system_admin(), applicant()
    last = timezone.localdate() + dt.timedelta(days=30)
    answer = browser(root).post(GRANT, {"email": user.email.upper(), "role": "auditor", "until": f"{last}"})
    assert answer.headers["Location"] == ROLES
    grant = RoleGrant.objects.get(person=user.person)
    assert grant.valid_to is not None
    assert timezone.localtime(grant.valid_to - dt.timedelta(seconds=1)).date() == last
    assert grant.granted_by == root


def test_a_role_is_granted_within_an_organisation() -> None:
    organisation = OrganisationFactory.create()
    user = applicant(organisation)
    browser(system_admin()).post(
        GRANT, {"email": user.email, "role": "organisation_admin", "organisation": organisation.pk}
    )
    assert RoleGrant.objects.get(person=user.person).organisation == organisation


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody@example.org"), ("role", "king"), ("organisation", "99999"), ("until", "2020-01-01")],
)
def test_bad_input_is_named_beside_its_field_and_what_was_typed_stays(field: str, value: str) -> None:
    user = applicant()
    answer = browser(system_admin()).post(GRANT, {"email": user.email, "role": "auditor", field: value})
    assert list(answer.context["form"].errors) == [field]
    assert (value if field == "email" else user.email) in text(answer)
    assert RoleGrant.objects.filter(person=user.person).count() == 0


def test_a_scoped_role_without_its_organisation_or_membership_is_refused() -> None:
    user, organisation = applicant(), OrganisationFactory.create()
    client = browser(system_admin())
    asked = {"email": user.email, "role": "organisation_admin"}
    assert list(client.post(GRANT, asked).context["form"].errors) == ["organisation"]
    answer = client.post(GRANT, {**asked, "organisation": organisation.pk})
    assert [one.code for one in answer.context["reasons"]] == ["not_a_member"]
    assert user.email in text(answer)


def test_the_list_has_those_in_force_and_says_who_granted() -> None:
    root, user = system_admin(name="管理甲"), applicant(name="审计乙")
    RoleGrantFactory.create(person=user.person, role=Role.AUDITOR, granted_by=root)
    RoleGrantFactory.create(
        person=user.person, role=Role.EDITOR, valid_to=dt.datetime(2021, 1, 1, tzinfo=dt.UTC), granted_by=root
    )
    answer = browser(root).get(ROLES)
    assert shown(answer) == [("审计乙", "auditor"), ("管理甲", "system_admin")]
    assert 'data-label="授予人">管理甲' in text(answer)
    assert 'data-label="授予人">系统' in text(answer)


def test_the_list_is_filtered_by_role_person_place_and_state() -> None:
    root = system_admin(name="管理甲")
    organisation = OrganisationFactory.create(name="敕勒川大学")
    organisation_admin(organisation, name="高娃")
    someone = officer(name="乌兰")
    RoleGrant.objects.filter(person__name__in=["管理甲", "高娃"]).update(confirmed_at=timezone.now())
    RoleGrantFactory.create(person=someone.person, role=Role.AUDITOR, valid_to=timezone.now() + dt.timedelta(days=9))
    RoleGrantFactory.create(person=someone.person, role=Role.EDITOR, valid_to=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
    ask = browser(root).get
    assert shown(ask(ROLES, {"q": "敕勒川"})) == [("高娃", "organisation_admin")]
    assert shown(ask(ROLES, {"q": "乌", "role": "auditor"})) == [("乌兰", "auditor")]
    assert shown(ask(ROLES, {"show": "ending"})) == [("乌兰", "auditor")]
    assert shown(ask(ROLES, {"show": "ended"})) == [("乌兰", "editor")]
    assert shown(ask(ROLES, {"show": "unconfirmed"})) == [("乌兰", "auditor"), ("乌兰", "programme_officer")]


def test_the_list_asks_the_same_for_one_and_three_rows() -> None:
    root, found = system_admin(), []
    for count in (1, 2):
        for _one in range(count):
            RoleGrantFactory.create(person=officer().person, role=Role.AUDITOR, granted_by=applicant())
        found.append(queries(root, ROLES))
    assert found == [found[0]] * 2
    assert found[0] <= 12


def test_the_spreadsheet_holds_what_the_filter_shows_and_no_formula() -> None:
    root = system_admin()
    officer(name="=HYPERLINK(1)")
    officer(name="不在表中")
    answer = browser(root).get(ROLES + "list.xlsx", {"q": "HYPERLINK"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "=HYPERLINK(1)" in words
    assert "不在表中" not in words
    assert "<f>" not in sheet


def test_a_role_that_is_still_needed_is_confirmed() -> None:
    root = system_admin()
    grant = RoleGrant.objects.get(person=officer().person)
    browser(root).post(reverse("role-confirm", args=[grant.pk]))
    grant.refresh_from_db()
    assert grant.confirmed_at is not None


def test_ending_a_role_says_first_what_follows() -> None:
    root = system_admin()
    grant = RoleGrant.objects.get(person=officer().person)
    client = browser(root)
    assert "该角色的页面和操作全部不可用" in text(client.get(end_page(grant)))
    assert RoleGrant.objects.in_force().filter(pk=grant.pk).exists()
    assert client.post(end_page(grant)).headers["Location"] == ROLES
    assert not RoleGrant.objects.in_force().filter(pk=grant.pk).exists()
    assert client.get(end_page(grant)).status_code == 404


def test_the_last_system_administrator_reads_why_not_and_stays() -> None:
    root = system_admin()
    grant = RoleGrant.objects.get(person=root.person)
    client = browser(root)
    page = text(client.get(end_page(grant)))
    assert "没有系统管理员，就无人能授予角色" in page
    assert "结束角色</button>" not in page
    answer = client.post(end_page(grant))
    assert (answer.status_code, [one.code for one in answer.context["reasons"]]) == (409, ["last_administrator"])
    assert RoleGrant.objects.in_force().filter(pk=grant.pk).exists()


def test_one_of_two_ends_the_own_role_and_is_out_with_the_next_request() -> None:
    root = system_admin()
    system_admin()
    client = browser(root)
    grant = RoleGrant.objects.get(person=root.person)
    assert "您将结束自己的角色" in text(client.get(end_page(grant)))
    client.post(end_page(grant))
    assert client.get(ROLES).status_code == 404


# --- The calendar ---


def test_a_day_is_set_and_cleared() -> None:
    client = browser(system_admin())
    answer = client.post(CALENDAR, {"day": "2027-02-07", "kind": "holiday", "name": "春节"})
    assert answer.headers["Location"] == CALENDAR + "2027/"
    page = text(client.get(CALENDAR + "2027/"))
    assert "春节" in page
    client.post(CALENDAR, {"day": "2027-02-07", "kind": "", "name": ""})
    assert CalendarDay.objects.count() == 0


def test_a_day_that_does_not_exist_is_named_and_the_name_kept() -> None:
    answer = browser(system_admin()).post(CALENDAR, {"day": "2027-02-30", "kind": "holiday", "name": "那达慕"})
    assert list(answer.context["form"].errors) == ["day"]
    assert "那达慕" in text(answer)


def test_a_year_without_holidays_is_warned_of_and_an_absurd_one_is_not_there() -> None:
    client = browser(system_admin())
    assert "note warn" in text(client.get(CALENDAR + "2031/"))
    assert client.get(CALENDAR + "1066/").status_code == 404


# --- Reference data ---


def test_reference_data_are_shown_in_few_queries() -> None:
    load_regions()
    load_focus_areas()
    root = system_admin()
    page = text(browser(root).get(REFERENCE))
    assert "150100" in page
    assert "150102" not in page
    assert queries(root, REFERENCE) <= 12


def test_an_empty_site_shows_what_is_missing() -> None:
    page = text(browser(system_admin()).get(REFERENCE))
    assert "暂无重点领域" in page
