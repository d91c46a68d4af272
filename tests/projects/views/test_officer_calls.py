from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import User
from projects.definitions.standard import RULE_SETS
from projects.models import Call
from tests.factories.directory import FocusAreaFactory, applicant, auditor, officer
from tests.factories.projects import CallFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def page(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    text: str = response.content.decode()
    return text


def form_data(response: Any) -> dict[str, str]:
    """What a browser would send: every control of the forms in the page's context."""
    data: dict[str, str] = {}
    for name in ("form", "rows", "vetoes"):
        forms = response.context.get(name)
        for one in [forms.management_form, *forms.forms] if hasattr(forms, "management_form") else [forms]:
            for bound in getattr(one, "visible_fields", list)() + getattr(one, "hidden_fields", list)():
                value = bound.value()
                if isinstance(value, list):
                    data[bound.html_name] = value  # type: ignore[assignment]  # several values of one name
                elif value is True:
                    data[bound.html_name] = "on"
                elif value is not None and value is not False:
                    data[bound.html_name] = bound.field.widget.format_value(value) or ""
    return {**data, "version": str(response.context["version"])}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_calls(
    signed_in: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(officer())
    CallFactory.create_batch(rows, published=True)
    with django_assert_max_num_queries(11):
        text = page(browser.get(reverse("officer_calls")))
    assert text.count("2027年度自治区重点研发计划") == rows


def test_filters_live_in_the_address(signed_in: Any) -> None:
    area = FocusAreaFactory.create()
    wanted = CallFactory.create(published=True, kind="base", title="合作基地认定", focus_areas=[area])
    CallFactory.create(published=True, title="别的指南")
    browser = signed_in(officer())
    for query in (f"area={area.pk}", "kind=base", "q=合作 认定"):
        response = browser.get(f"{reverse('officer_calls')}?{query}")
        assert [call.pk for call in response.context["page"]] == [wanted.pk]


def test_auditors_read_and_change_nothing(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(auditor())
    text = page(browser.get(reverse("officer_call", args=[call.uid])))
    assert reverse("call_edit", args=[call.uid, "facts"]) not in text
    assert browser.get(reverse("call_edit", args=[call.uid, "facts"])).status_code == 404


def test_a_draft_is_not_there_for_applicants(signed_in: Any) -> None:
    call = CallFactory.create()
    assert signed_in(applicant()).get(reverse("officer_call", args=[call.uid])).status_code == 404


@pytest.mark.parametrize("part", ["facts", "directions", "form", "rules", "scoring", "plan", "contacts"])
def test_every_part_of_the_record_opens(signed_in: Any, part: str) -> None:
    call = CallFactory.create()
    assert call.title in page(signed_in(officer()).get(f"{reverse('officer_call', args=[call.uid])}?part={part}"))


def test_the_preview_shows_the_call_and_its_form(signed_in: Any) -> None:
    call = CallFactory.create()
    text = page(signed_in(officer()).get(reverse("call_preview", args=[call.uid])))
    assert "立项依据" in text
    assert call.directions.get().title in text


def test_a_new_call_opens_as_a_draft(signed_in: Any) -> None:
    by = officer()
    data = {"code": "2028-A", "title": "新指南", "kind": "project", "programme": "计划", "budget_mode": "lump_sum"}
    response = signed_in(by).post(reverse("call_new"), data)
    call = Call.objects.get(code="2028-A")
    assert response["Location"] == reverse("officer_call", args=[call.uid])
    assert (call.state, call.officer) == ("draft", by)


def test_a_taken_code_keeps_what_was_typed(signed_in: Any) -> None:
    CallFactory.create(code="2028-A")
    data = {"code": "2028-A", "title": "新指南", "kind": "project", "programme": "计划", "budget_mode": "itemised"}
    text = page(signed_in(officer()).post(reverse("call_new"), data))
    assert "taken by another call" in text
    assert "新指南" in text


def test_a_clone_opens_as_a_draft(signed_in: Any) -> None:
    call = CallFactory.create(published=True)
    signed_in(officer()).post(reverse("call_clone", args=[call.uid]), {"code": "2029-B"})
    assert Call.objects.get(code="2029-B").cloned_from == call


@pytest.mark.parametrize("part", ["facts", "directions", "contacts", "rules", "scoring", "plan"])
def test_saving_a_part_unchanged_keeps_it(signed_in: Any, part: str) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, part])
    before = _content(call)
    response = browser.post(url, form_data(browser.get(url)))
    assert response.status_code == 302, response.context["rows" if "rows" in response.context else "form"].errors
    call.refresh_from_db()
    assert (_content(call), call.version) == (before, 1)


def _content(call: Call) -> Any:
    rows = [list(call.directions.values_list("code", "most_amount")), list(call.contacts.values_list("name"))]
    dates = [date and date.replace(second=0, microsecond=0) for date in (call.opens_at, call.filing_deadline)]
    return [call.title, call.form, call.rules, call.plan, dates, rows, [c["weight"] for c in call.scoring["criteria"]]]


def test_a_deadline_is_read_in_the_zone_of_the_call(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "facts"])
    data = form_data(browser.get(url)) | {
        "zone": "Asia/Urumqi",
        "opens_at": "",
        "filing_deadline": "2027-06-18T18:00",
        "recommendation_deadline": "2027-06-20T18:00",
    }
    browser.post(url, data)
    call.refresh_from_db()
    assert call.filing_deadline is not None
    assert call.filing_deadline.isoformat() == "2027-06-18T12:00:00+00:00"
    assert "2027-06-18T18:00" in page(browser.get(url))


def test_bad_input_names_the_field_and_keeps_the_rest(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "facts"])
    data = form_data(browser.get(url)) | {"title": "改过的题目", "filing_deadline": "2027-06-31T18:00"}
    text = page(browser.post(url, data))
    assert "改过的题目" in text
    assert 'href="#id_filing_deadline"' in text
    call.refresh_from_db()
    assert call.title != "改过的题目"


def test_two_tabs_lose_nothing(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "facts"])
    first, second = form_data(browser.get(url)), form_data(browser.get(url))
    browser.post(url, first | {"title": "第一个窗口"})
    stale = browser.post(url, second | {"title": "第二个窗口"})
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "Somebody else changed" in text
    assert "第二个窗口" in text
    call.refresh_from_db()
    assert call.title == "第一个窗口"


PARTS = {
    "facts": ("body", "甲写的要求"),
    "directions": ("row-0-text", "甲写的内容"),
    "contacts": ("row-0-name", "甲写的联系人"),
    "rules": ("row-0-explanation", "甲写的说明"),
    "scoring": ("row-0-guidance", "甲写的要点"),
}


@pytest.mark.parametrize("part", PARTS)
def test_of_two_officers_the_second_sees_what_the_first_wrote_beside_their_own(signed_in: Any, part: str) -> None:
    call = CallFactory.create()
    first, second = officer(), officer()
    url = reverse("call_edit", args=[call.uid, part])
    opened = form_data(signed_in(second).get(url))
    name, words = PARTS[part]
    signed_in(first).post(url, form_data(signed_in(first).get(url)) | {name: words})
    answer = signed_in(second).post(url, opened | {name: "乙写的"})
    text = answer.content.decode()
    assert (answer.status_code, words in text, "乙写的" in text) == (409, True, True)
    assert f"saved by {first}" in text
    assert signed_in(second).post(url, form_data(answer)).status_code == 302


def test_a_fault_in_a_stale_page_does_not_let_it_save_over_the_other_officer(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "facts"])
    first, second = form_data(browser.get(url)), form_data(browser.get(url))
    browser.post(url, first | {"body": "第一个窗口"})
    faulty = browser.post(url, second | {"body": "第二个窗口", "title": ""})
    assert str(faulty.context["version"]) == "0"
    again = browser.post(url, form_data(faulty) | {"title": "题目"})
    call.refresh_from_db()
    assert (again.status_code, call.body) == (409, "第一个窗口")


@pytest.mark.parametrize("version", ["", "-1", "²", "9" * 5000, "abc"])
def test_a_page_without_a_readable_version_changes_nothing(signed_in: Any, version: str) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "facts"])
    answer = browser.post(url, form_data(browser.get(url)) | {"title": "改过的题目", "version": version})
    call.refresh_from_db()
    assert (answer.status_code, call.title != "改过的题目") == (409, True)
    assert "改过的题目" in answer.content.decode()


def test_an_amount_typed_in_yuan_is_asked_about(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "directions"])
    answer = browser.post(url, form_data(browser.get(url)) | {"row-0-most_amount": "500000"})
    assert "Did you mean 500000.00 yuan?" in page(answer)
    assert answer.context["version"] == "0"


def test_two_officers_at_one_field_of_the_form(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    section = call.form["sections"][0]
    field = section["fields"][0]
    url = reverse("call_field", args=[call.uid, section["id"], field["id"]])
    first, second = form_data(browser.get(url)), form_data(browser.get(url))
    browser.post(url, first | {"label": "甲的问题"})
    answer = browser.post(url, second | {"label": "乙的问题"})
    text = answer.content.decode()
    assert (answer.status_code, "甲的问题" in text, "乙的问题" in text) == (409, True, True)
    assert browser.post(url, form_data(answer)).status_code == 302


def test_weights_that_do_not_add_up_say_their_sum(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "scoring"])
    text = page(browser.post(url, form_data(browser.get(url)) | {"row-0-weight": "31"}))
    assert "The weights add up to 101, not to 100." in text


def test_a_rule_is_written_in_words(signed_in: Any) -> None:
    call = CallFactory.create(rules=[])
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "rules"])
    row = {
        "row-0-subject": "applicant.title_or_degree",
        "row-0-comparison": "one_of",
        "row-0-value": "senior，doctorate",
        "row-0-explanation": "须有正高级职称或博士学位",
        "row-0-document": "内科发〔2024〕89号",
    }
    browser.post(url, form_data(browser.get(url)) | row)
    call.refresh_from_db()
    assert [(rule["id"], rule["value"]) for rule in call.rules] == [("r1", ["senior", "doctor"])]


def test_a_rule_that_cannot_be_applied_is_named(signed_in: Any) -> None:
    call = CallFactory.create(rules=[])
    browser = signed_in(officer())
    url = reverse("call_edit", args=[call.uid, "rules"])
    row = {"row-0-value": "sixty", "row-0-explanation": "年龄", "row-0-document": "文件"}
    text = page(browser.post(url, form_data(browser.get(url)) | row))
    assert "Write a number of zero or more." in text
    assert "sixty" in text


def test_a_published_call_cannot_be_opened_for_editing(signed_in: Any) -> None:
    call = CallFactory.create(published=True)
    browser = signed_in(officer())
    assert browser.get(reverse("call_edit", args=[call.uid, "facts"])).status_code == 409
    assert browser.get(reverse("call_form", args=[call.uid])).status_code == 409


def test_starting_from_a_standard_set_replaces_the_rules(signed_in: Any) -> None:
    call = CallFactory.create()
    url = reverse("call_edit", args=[call.uid, "rules"])
    signed_in(officer()).post(url, {"start_from": "youth", "version": "0"})
    call.refresh_from_db()
    assert [rule["id"] for rule in call.rules] == [rule.id for rule in RULE_SETS["youth"]]


def change(browser: Client, call: Call, what: str) -> Any:
    call.refresh_from_db()
    return browser.post(reverse("call_form", args=[call.uid]), {"change": what, "version": str(call.version)})


def sections(call: Call) -> list[str]:
    call.refresh_from_db()
    return [section["id"] for section in call.form["sections"]]


def test_sections_move_and_go(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    change(browser, call, "section_down basic")
    change(browser, call, "section_remove foundation")
    assert sections(call) == ["rationale", "basic", "content", "route", "team", "budget", "avoidance", "attachments"]


def test_an_unknown_change_is_not_there(signed_in: Any) -> None:
    call = CallFactory.create()
    assert change(signed_in(officer()), call, "section_up nowhere").status_code == 404
    assert change(signed_in(officer()), call, "explode").status_code == 404


def test_a_section_and_a_table_are_added_without_script(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    browser.post(reverse("call_section", args=[call.uid, "new"]), {"title": "合作", "version": "0"})
    assert sections(call)[-1] == "s1"
    url = f"{reverse('call_field', args=[call.uid, 's1', 'new'])}?kind=table"
    data = form_data(browser.get(url)) | {"kind": "table", "label": "合作单位", "row-0-label": "名称"}
    browser.post(url, data)
    call.refresh_from_db()
    (field,) = call.form["sections"][-1]["fields"]
    assert (field["id"], field["kind"], [column["label"] for column in field["columns"]]) == ("f1", "table", ["名称"])


def test_a_choice_needs_two_choices_and_keeps_what_was_typed(signed_in: Any) -> None:
    call = CallFactory.create()
    browser = signed_in(officer())
    url = f"{reverse('call_field', args=[call.uid, 'basic', 'new'])}?kind=choice"
    data = {"kind": "choice", "label": "类别", "choices": "唯一", "version": "0"}
    text = page(browser.post(url, data))
    assert "Give at least two choices" in text
    assert "唯一" in text


def test_a_part_of_the_proposal_is_asked_once(signed_in: Any) -> None:
    call = CallFactory.create()
    url = f"{reverse('call_field', args=[call.uid, 'basic', 'new'])}?kind=team"
    data = {"kind": "team", "label": "团队", "version": "0"}
    assert "asks for this already" in page(signed_in(officer()).post(url, data))


@pytest.mark.parametrize("name", ["standard", "lump_sum", "key_lab", "base"])
def test_a_standard_form_replaces_the_form(signed_in: Any, name: str) -> None:
    call = CallFactory.create(form={})
    change(signed_in(officer()), call, f"start_from {name}")
    assert "team" in sections(call)


def test_imported_calls_are_listed_when_asked_for(signed_in: Callable[[User], Client]) -> None:
    CallFactory.create(title="牧草选育专项")
    CallFactory.create(concluded=True, title="历史名单专项", imported_key="k")
    client = signed_in(officer())
    listed = {
        origin: page(client.get(f"/bench/programme/calls/?origin={origin}")) for origin in ("", "imported", "all")
    }
    shown = {origin: ("牧草选育专项" in text, "历史名单专项" in text) for origin, text in listed.items()}
    assert shown == {"": (True, False), "imported": (False, True), "all": (True, True)}
