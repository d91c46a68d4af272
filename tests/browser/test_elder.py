"""The version for elderly readers in a real browser: axe, one column, large letters and targets, without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE, Desk, scrolls_sideways
from tests.factories import cms

SMALL = {"width": 320, "height": 640}
TARGETS = "main a.button, main button, .masthead nav a, .elder-bar a, .elder-bar button"
SHORT = """nodes => nodes.filter(node => node.offsetParent && node.getBoundingClientRect().height < 44)
  .map(node => node.textContent.trim())"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('main *, footer *')]
  .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()))
  .filter(node => node.offsetParent).map(node => parseFloat(getComputedStyle(node).fontSize)))"""


def paths() -> list[str]:
    """The site with a page of each kind."""
    cms.site()
    made: list[Any] = [
        cms.article("专题会议召开", slug="talk"),
        cms.policy("管理办法", slug="rule"),
        cms.call_page(),
        cms.notice_page(),
    ]
    plain = ["/", "/news/", "/calls/", "/search/?q=管理", "/accounts/login/", "/accessibility/", "/nowhere/"]
    return [*plain, *(page.get_url() for page in made)]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["wide", "phone", "zoomed"])
def test_every_public_page_holds_up(desk: Desk, axe: Callable[[Page], list[str]], size: Any) -> None:
    addresses = paths()
    page = desk.page(size=size, color_scheme="dark", java_script_enabled=True)
    page.goto("/")
    page.get_by_role("button", name="长者版", exact=True).click()
    page.locator(".elder-bar").wait_for()
    for address in addresses:
        page.goto(address)
        assert (address, axe(page)) == (address, [])
        assert (address, scrolls_sideways(page)) == (address, False)
        assert (address, page.locator(TARGETS).evaluate_all(SHORT)) == (address, [])
        assert page.evaluate(SMALLEST) >= 18


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_is_entered_and_left_without_script_and_the_bar_stays(desk: Desk) -> None:
    cms.site()
    page = desk.page(size=PHONE, java_script_enabled=False)
    page.goto("/news/")
    page.get_by_role("button", name="长者版", exact=True).click()
    assert page.url.endswith("/news/")
    page.goto("/accessibility/")
    page.mouse.wheel(0, 2000)
    leave = page.get_by_role("button", name="退出长者版")
    box = leave.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PHONE["height"]
    leave.click()
    assert page.locator(".elder-bar").count() == 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["wide", "phone", "zoomed"])
def test_the_statement_holds_up_in_the_usual_version(desk: Desk, axe: Callable[[Page], list[str]], size: Any) -> None:
    cms.site()
    page = desk.page(size=size)
    for address in ("/accessibility/", "/"):
        page.goto(address)
        assert (address, axe(page), scrolls_sideways(page)) == (address, [], False)
