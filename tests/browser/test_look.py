"""The look in a real browser: nothing that axe finds, nothing wider than its window, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, WIDE, Desk, scrolls_sideways
from tests.factories.directory import officer


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("window", [(WIDE, "light"), (PHONE, "dark")], ids=["wide", "phone-dark"])
@pytest.mark.parametrize("address", ["/styleguide/", "/accounts/login/", "/bench/", "/accounts/2fa/", "/nowhere/"])
def test_pages_of_the_look_hold_up(
    desk: Desk, axe: Callable[[Page], list[str]], settings: Any, address: str, window: Any
) -> None:
    settings.DEMO = True
    signed_in = address in {"/bench/", "/accounts/2fa/"}
    page = desk.page(officer() if signed_in else None, size=window[0], color_scheme=window[1])
    page.goto(address)
    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_the_rail_is_a_menu_that_opens_without_script(desk: Desk) -> None:
    page = desk.page(officer(), size=PHONE, java_script_enabled=False)
    page.goto("/bench/")
    assert page.locator(".rail li a:visible").count() == 0
    page.locator(".rail summary").click()
    assert page.locator(".rail li a:visible").count() > 0
