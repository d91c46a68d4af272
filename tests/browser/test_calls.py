"""The officer's pages of a call in a real browser: wide and light, on a phone and dark, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from projects.actions.call_documents import add_document
from projects.actions.call_extension import propose_extension
from projects.enums import DocumentKind
from projects.models import Call
from projects.views.officer_calls import PARTS
from tests.browser.conftest import PHONE, WIDE, Desk, scrolls_sideways
from tests.factories.directory import FocusAreaFactory, officer
from tests.factories.projects import CallFactory, days
from tests.projects.actions.test_call_documents import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def addresses(draft: Call, published: Call) -> list[str]:
    records = [f"{reverse('officer_call', args=[draft.uid])}?part={part}" for part in PARTS]
    own = ("form", "documents")
    editors = [reverse("call_edit", args=[draft.uid, part]) for part in PARTS if part not in own]
    section = draft.form["sections"][0]["id"]
    return [
        *records,
        *editors,
        reverse("call_documents", args=[draft.uid]),
        reverse("call_form", args=[draft.uid]),
        reverse("call_section", args=[draft.uid, section]),
        reverse("call_field", args=[draft.uid, section, "new"]) + "?kind=table",
        reverse("call_preview", args=[draft.uid]),
        reverse("call_clone", args=[draft.uid]),
        reverse("call_new"),
        reverse("officer_calls"),
        reverse("officer_call", args=[published.uid]),
        reverse("call_extend", args=[published.uid]),
    ]


@pytest.mark.parametrize("window", [(WIDE, "light"), (PHONE, "dark")], ids=["wide", "phone-dark"])
def test_every_page_of_a_call_holds_up(desk: Desk, axe: Callable[[Page], list[str]], window: Any) -> None:
    by = officer()
    draft = CallFactory.create(officer=by, directions=2, focus_areas=[FocusAreaFactory.create()])
    add_document(call=draft, kind=DocumentKind.TEMPLATE, upload=pdf("模板.pdf"), by=by)
    published = CallFactory.create(officer=by, published=True)
    propose_extension(call=published, filing_deadline=days(30), recommendation_deadline=None, reason="系统检修", by=by)
    page = desk.page(by, size=window[0], color_scheme=window[1])
    found = {}
    for url in addresses(draft, published):
        page.goto(url)
        found[url] = axe(page) + (["scrolls sideways"] if scrolls_sideways(page) else [])
    assert {url: faults for url, faults in found.items() if faults} == {}


def test_a_direction_is_typed_and_saved_with_the_keyboard_alone(desk: Desk) -> None:
    call = CallFactory.create(directions=0)
    page = desk.page(officer())
    page.goto(reverse("call_edit", args=[call.uid, "directions"]))
    page.locator("#id_row-0-code").focus()
    page.keyboard.type("XT-01")
    page.keyboard.press("Tab")
    page.keyboard.type("新型储能")
    page.keyboard.press("Enter")
    page.wait_for_url("**part=directions")
    assert list(call.directions.values_list("code", "title")) == [("XT-01", "新型储能")]


def test_two_officers_at_one_part_both_find_their_words(desk: Desk) -> None:
    call = CallFactory.create()
    first, second = desk.page(officer()), desk.page(officer())
    url = reverse("call_edit", args=[call.uid, "facts"])
    for page in (first, second):
        page.goto(url)
    first.locator("#id_body").fill("甲写的要求")
    first.get_by_role("button", name="保存").click()
    first.wait_for_url("**part=facts")
    second.locator("#id_body").fill("乙写的要求")
    second.get_by_role("button", name="保存").click()
    assert second.locator("#id_body").input_value() == "乙写的要求"
    assert second.get_by_text("甲写的要求").is_visible()
    second.get_by_role("button", name="保存").click()
    second.wait_for_url("**part=facts")
    call.refresh_from_db()
    assert call.body == "乙写的要求"
