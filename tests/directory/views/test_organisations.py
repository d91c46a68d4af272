"""Pages of organisations: list, record, registration, verification, what they keep up to date."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from directory.enums import OrganisationKind, OrganisationState, RegionLevel
from directory.models import Organisation, User
from tests.directory.views.conftest import browser, queries, text
from tests.factories import directory as people
from tests.factories.directory import (
    AuthorityFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RegionFactory,
    applicant,
    auditor,
    credit_code,
    officer,
    organisation_admin,
    recommending_officer,
    system_admin,
)

pytestmark = pytest.mark.django_db
LIST, REGISTER = "/bench/organisations/", "/bench/organisations/register/"
FREE_CODE = credit_code(9_000_002)


def names(answer: Any) -> list[str]:
    return [one.name for one in answer.context["page"]]


def registered(authority: Organisation, name: str, **more: Any) -> Organisation:
    """An organisation whose founder waits with it for the verification."""
    made: Organisation = OrganisationFactory.create(
        authority=authority, name=name, state=OrganisationState.REGISTERED, **more
    )
    MembershipFactory.create(organisation=made, state="requested")
    return made


def typed(**changes: Any) -> dict[str, Any]:
    authority = AuthorityFactory.create()
    return {
        "name": "向山检测有限公司",
        "kind": OrganisationKind.ENTERPRISE.value,
        "credit_code": FREE_CODE,
        "region": RegionFactory.create().pk,
        "authority": authority.pk,
        "founded_on": "2024-01-09",
        "address": "昆都仑区向山路3号",
        **changes,
    }


# --- The list ---


@pytest.mark.parametrize("make", [officer, auditor, system_admin])
def test_staff_of_the_department_see_all(make: Any) -> None:
    made = {OrganisationFactory.create().name, AuthorityFactory.create().name}
    user = make()
    assert made < set(names(browser(user).get(LIST)))


def test_others_see_their_own_and_those_under_their_authority() -> None:
    authority = AuthorityFactory.create(name="甲局")
    under = OrganisationFactory.create(name="乙校", authority=authority)
    OrganisationFactory.create(name="丙校", authority=AuthorityFactory.create(name="丁局"))
    assert names(browser(recommending_officer(authority)).get(LIST)) == ["乙校", "甲局"]
    assert names(browser(applicant(under)).get(LIST)) == ["乙校"]


def test_what_waits_for_my_verification_stands_first_the_oldest_before_the_others() -> None:
    authority = AuthorityFactory.create(name="A局")
    OrganisationFactory.create(name="A校", authority=authority)
    late, early = registered(authority, "Y公司"), registered(authority, "Z公司")
    Organisation.objects.filter(pk=late.pk).update(state_since=early.state_since.replace(year=2099))
    answer = browser(recommending_officer(authority)).get(LIST)
    assert names(answer) == ["Z公司", "Y公司", "A局", "A校"]
    assert "有2家单位等待您审核" in text(answer)


def test_what_waits_for_somebody_else_does_not_push_in() -> None:
    registered(AuthorityFactory.create(name="B局"), "A公司")
    alone = OrganisationFactory.create(name="Z公司", state=OrganisationState.REGISTERED)
    answer = browser(system_admin()).get(LIST)
    assert names(answer)[:2] == [alone.name, "A公司"]


def test_filters_stand_in_the_address_and_can_be_joined() -> None:
    user = officer()
    league = RegionFactory.create(level=RegionLevel.LEAGUE, code="150100", name="呼市")
    banner = RegionFactory.create(level=RegionLevel.BANNER, code="150102", parent=league)
    OrganisationFactory.create(name="草原大学", region=banner, credit_code=FREE_CODE)
    OrganisationFactory.create(name="草原公司", kind=OrganisationKind.ENTERPRISE, short_name="青草")
    ask = browser(user).get
    assert names(ask(LIST, {"q": "草原"})) == ["草原公司", "草原大学"]
    assert names(ask(LIST, {"q": "草原", "kind": "enterprise"})) == ["草原公司"]
    assert names(ask(LIST, {"q": "青草"})) == ["草原公司"]
    assert names(ask(LIST, {"q": FREE_CODE[:15].lower()})) == ["草原大学"]
    assert names(ask(LIST, {"region": "150100"})) == ["草原大学"]
    assert names(ask(LIST, {"q": "草原", "state": "closed"})) == []


def test_a_filter_that_means_nothing_is_left_out() -> None:
    user = officer()
    answer = browser(user).get(LIST, {"kind": "castle", "region": "x", "page": "999"})
    assert (answer.status_code, len(names(answer))) == (200, Organisation.objects.count())


def test_the_list_asks_the_same_for_one_and_three_rows() -> None:
    user = recommending_officer(AuthorityFactory.create())
    authority = user.person.memberships.get().organisation
    found = []
    for count in (1, 2):
        for _one in range(count):
            registered(authority, f"新单位{Organisation.objects.count()}")
        found.append(queries(user, LIST))
    assert found == [found[0]] * 2
    assert found[0] <= 14


# --- The record ---


def test_a_stranger_finds_no_organisation_and_the_anonymous_is_asked_to_sign_in() -> None:
    page = OrganisationFactory.create().get_absolute_url()
    assert browser(applicant()).get(page).status_code == 404
    assert browser().get(page).headers["Location"] == f"/accounts/login/?next={page}"


def test_members_see_the_facts_and_whom_to_ask_but_not_the_members() -> None:
    organisation = OrganisationFactory.create(address="大学东街1号")
    colleague = applicant(organisation, name="同事乌云")
    organisation_admin(organisation, name="管理员高娃")
    answer = browser(applicant(organisation)).get(organisation.get_absolute_url())
    assert "大学东街1号" in text(answer)
    assert "管理员高娃" in text(answer)
    assert colleague.person.name not in text(answer)


def test_who_reads_all_sees_members_without_buttons() -> None:
    organisation = OrganisationFactory.create()
    member = applicant(organisation, name="成员其木格")
    page = text(browser(auditor()).get(organisation.get_absolute_url()))
    assert member.person.name in page
    assert "/invite/" not in page
    assert "administrator/" not in page


def test_the_record_asks_the_same_for_one_and_three_members_and_invitations() -> None:
    organisation = OrganisationFactory.create()
    admin = organisation_admin(organisation)
    found = []
    for count in (1, 2):
        for number in range(count):
            applicant(organisation)
            MembershipFactory.create(organisation=organisation, state="requested")
            MembershipFactory.create(
                organisation=organisation,
                person=None,
                state="invited",
                invited_email=f"guest{count}{number}@example.org",
                invited_by=admin,
                token=f"t{count}{number}",
            )
        found.append(queries(admin, organisation.get_absolute_url()))
    assert found == [found[0]] * 2
    assert found[0] <= 16


# --- Registration and verification ---


def founder() -> User:
    user = PersonFactory.create().user
    assert user is not None
    return user


def test_the_form_is_all_in_chinese() -> None:
    form = browser(founder()).get(REGISTER).context["form"]
    assert [one.label for one in form if str(one.label).isascii()] == []


def test_registering_leads_to_the_record_that_waits_for_its_authority() -> None:
    user = founder()
    answer = browser(user).post(REGISTER, typed())
    organisation = Organisation.objects.get(credit_code=FREE_CODE)
    assert answer.headers["Location"] == organisation.get_absolute_url()
    page = text(browser(user).get(organisation.get_absolute_url()))
    assert "归口管理部门" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("credit_code", FREE_CODE[:-1] + ("0" if FREE_CODE[-1] != "0" else "1"), "校验"),
        ("credit_code", "9.1150102701234567E+17", "电子表格"),
        ("credit_code", "911501", "统一社会信用代码"),
        ("name", "", "必填"),
        ("founded_on", "2024-13-40", "日期"),
        ("authority", "99999", "选择"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_what_was_typed_stays(field: str, value: str, says: str) -> None:
    answer = browser(founder()).post(REGISTER, typed(**{field: value}))
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert says in str(form.errors[field])
    assert "昆都仑区向山路3号" in text(answer)
    if value and field != "authority":
        assert value in text(answer)
    assert Organisation.objects.filter(name="向山检测有限公司").count() == 0


def test_a_code_that_is_taken_is_said_at_the_code_and_nothing_is_lost() -> None:
    OrganisationFactory.create(credit_code=FREE_CODE)
    answer = browser(founder()).post(REGISTER, typed())
    assert list(answer.context["form"].errors) == ["credit_code"]
    assert "昆都仑区向山路3号" in text(answer)


def test_harmless_differences_of_a_code_are_taken_out() -> None:
    spaced = f" {FREE_CODE[:6]} {FREE_CODE[6:12]}　{FREE_CODE[12:].lower()} "
    browser(founder()).post(REGISTER, typed(credit_code=spaced))
    assert Organisation.objects.filter(credit_code=FREE_CODE).count() == 1


def test_the_authority_verifies_and_others_find_no_such_page() -> None:
    authority = AuthorityFactory.create()
    organisation = registered(authority, "智牧数据有限公司")
    page = reverse("transition", args=["directory.organisation", organisation.uid, "verify"])
    assert browser(organisation_admin(OrganisationFactory.create())).post(page, {}).status_code == 404
    assert browser(officer()).post(page, {}).status_code == 404
    assert browser(recommending_officer(authority)).get(page).status_code == 200
    browser(recommending_officer(authority)).post(page, {})
    organisation.refresh_from_db()
    assert organisation.state == OrganisationState.VERIFIED


def test_refusing_without_a_reason_is_refused_and_with_one_done() -> None:
    authority = AuthorityFactory.create()
    organisation = registered(authority, "智牧数据有限公司")
    client = browser(recommending_officer(authority))
    page = reverse("transition", args=["directory.organisation", organisation.uid, "refuse"])
    client.post(page, {"note": " "})
    organisation.refresh_from_db()
    assert organisation.state == OrganisationState.REGISTERED
    client.post(page, {"note": "执照照片不清"})
    organisation.refresh_from_db()
    assert organisation.state == OrganisationState.REFUSED


def test_a_code_with_a_wrong_digit_is_shown_to_the_verifier_as_what_hinders() -> None:
    authority = AuthorityFactory.create()
    organisation = registered(authority, "智牧数据有限公司", credit_code="12150100MB00000009")
    answer = browser(recommending_officer(authority)).get(organisation.get_absolute_url())
    assert "校验" in text(answer)


# --- What an organisation keeps up to date ---


def edit_page(organisation: Organisation) -> str:
    return reverse("organisation-edit", args=[organisation.uid])


def test_its_administrator_changes_the_address() -> None:
    organisation = OrganisationFactory.create()
    client = browser(organisation_admin(organisation))
    client.post(edit_page(organisation), {"address": "新址", "internal_lead_days": "3", "contact_phone": "0471-1"})
    organisation.refresh_from_db()
    assert (organisation.address, organisation.internal_lead_days) == ("新址", 3)


@pytest.mark.parametrize("make", [people.applicant, people.organisation_admin])
def test_nobody_else_finds_the_page(make: Any) -> None:
    organisation = OrganisationFactory.create()
    user = make(OrganisationFactory.create())
    assert browser(user).get(edit_page(organisation)).status_code == 404
    assert browser(applicant(organisation)).get(edit_page(organisation)).status_code == 404


def test_a_number_that_is_none_is_named_and_the_rest_kept() -> None:
    organisation = OrganisationFactory.create()
    answer = browser(organisation_admin(organisation)).post(
        edit_page(organisation), {"address": "新址", "internal_lead_days": "三天"}
    )
    assert list(answer.context["form"].errors) == ["internal_lead_days"]
    assert "新址" in text(answer)
    organisation.refresh_from_db()
    assert organisation.address == ""


def test_what_the_action_refuses_is_shown_on_the_form_with_what_was_typed() -> None:
    """The record itself became wrong meanwhile: the page says so and keeps the address."""
    organisation = OrganisationFactory.create()
    admin = organisation_admin(organisation)
    Organisation.objects.filter(pk=organisation.pk).update(credit_code="12150100MB00000009")
    answer = browser(admin).post(edit_page(organisation), {"address": "新址", "internal_lead_days": "2"})
    assert (answer.status_code, [one.code for one in answer.context["reasons"]]) == (200, ["field:credit_code"])
    assert "新址" in text(answer)
