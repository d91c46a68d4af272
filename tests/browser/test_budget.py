"""The green channel in the browser: how many clicks a change takes, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from projects.actions.adjustment import ask_adjustment
from projects.models import Adjustment, Project
from tests.browser.conftest import PHONE, Desk, scrolls_sideways
from tests.factories import way
from tests.projects.budgets import REASON, running_project, wish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Clicks:
    """Clicks on a page, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, selector: str) -> None:
        """Click what the selector names."""
        self.page.locator(selector).first.click()
        self.count += 1


@pytest.fixture
def cast() -> way.Cast:
    return way.Cast()


@pytest.fixture
def project(cast: way.Cast) -> Project:
    return running_project(cast)


def cell(page: Page, name: str) -> None:
    """Put the cursor into a cell by its accessible name, once the page listens to keys."""
    found = page.get_by_label(name, exact=False).first
    found.wait_for()
    page.wait_for_load_state()
    found.focus()


def test_from_home_to_recorded_it_takes_three_clicks_and_the_numbers(
    desk: Desk, cast: way.Cast, project: Project
) -> None:
    page = desk.page(cast.applicant)
    page.goto("/bench/")
    clicks = Clicks(page)
    clicks.on(f"a[href*='{project.uid}/adjust']")
    cell(page, "材料费")
    page.keyboard.type("-5")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("5")
    expect(page.locator("#press")).to_have_text("提交并备案")
    page.locator("#id_reason").fill(REASON)
    clicks.on("#id_promised")
    with page.expect_navigation():
        clicks.on("#press")
    expect(page.locator("main")).to_contain_text("已即时备案并生效")
    assert clicks.count == 3
    assert Adjustment.objects.get().state == "recorded"


def test_from_its_inbox_the_organisation_approves_with_two_clicks(desk: Desk, cast: way.Cast, project: Project) -> None:
    asked = wish(project, equipment__purchase=20_000, operating__materials=-20_000)
    made = ask_adjustment(project=project, wish=asked, by=cast.applicant)
    page = desk.page(cast.admin)
    page.goto("/bench/inbox/")
    clicks = Clicks(page)
    clicks.on(f"a[href*='{made.uid}']")
    with page.expect_navigation():
        clicks.on("main button.main")
    assert clicks.count == 2
    made.refresh_from_db()
    assert made.state == "applied"


def test_a_pasted_column_fills_the_cells_and_the_answer_follows(desk: Desk, cast: way.Cast, project: Project) -> None:
    page = desk.page(cast.applicant, size=PHONE)
    page.goto(f"/bench/projects/{project.uid}/adjust/")
    cell(page, "购置设备费")
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text", text);
          const pasted = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
        }""",
        "购置\t2\n试制\t0\n租赁\t0\n材料\t-2\n",
    )
    expect(page.locator("#press")).to_have_text("提交单位办理")
    assert not scrolls_sideways(page)


def test_without_a_connection_the_page_says_so_and_keeps_what_was_typed(
    desk: Desk, cast: way.Cast, project: Project
) -> None:
    page = desk.page(cast.applicant)
    page.goto(f"/bench/projects/{project.uid}/adjust/")
    page.route("**/adjust/", lambda route: route.abort())
    cell(page, "材料费")
    page.keyboard.type("-5")
    expect(page.locator("#decides .error")).to_contain_text("网络未连接")
    page.unroute("**/adjust/")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("5")
    expect(page.locator("#press")).to_have_text("提交并备案")
    assert page.get_by_label("材料费", exact=False).first.input_value() == "-5"
    desk.faults.clear()  # the browser reports the lost connection


def test_the_pages_have_no_faults_for_those_who_hear_them(
    desk: Desk, axe: Callable[[Page], list[str]], cast: way.Cast, project: Project
) -> None:
    asked = wish(project, equipment__purchase=20_000, operating__materials=-20_000)
    made = ask_adjustment(project=project, wish=asked, by=cast.applicant)
    for user, address in (
        (cast.applicant, f"/bench/projects/{project.uid}/adjust/"),
        (cast.applicant, project.get_absolute_url()),
        (cast.admin, made.get_absolute_url()),
        (cast.admin, "/bench/adjustments/"),
    ):
        page = desk.page(user)
        page.goto(address)
        assert axe(page) == []
