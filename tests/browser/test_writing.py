"""Writing in a real browser: saving by itself, two tabs, a lost connection, the phone, the keyboard's order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from projects.actions.section import save_section
from projects.models import Proposal, ProposalVersion, SectionAnswer
from tests.browser.conftest import PHONE, Desk, scrolls_sideways
from tests.factories.projects import CallFactory
from tests.projects.writing import draft, filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text", text);
  const pasted = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
}"""


def section(proposal: Proposal, name: str) -> str:
    return reverse("proposal-section", args=[proposal.uid, name])


def stored(name: str) -> Any:
    return SectionAnswer.objects.get(section=name).data


def test_a_section_saves_itself_and_the_server_sums_the_budget(desk: Desk) -> None:
    proposal, user = draft()
    page = desk.page(user)
    page.goto(section(proposal, "budget"))
    page.fill("[name='f-money-labour.staff-fiscal']", "3.5")
    page.fill("[name='f-money-labour.consulting-fiscal']", "1")
    expect(page.locator("#s-labour-fiscal")).to_have_text("4.50")
    expect(page.locator("#saved")).to_contain_text("已保存")
    assert stored("budget")["money"]["labour.staff"]["fiscal"] == "3.5"


def test_the_grid_is_filled_from_a_spreadsheet_and_walked_by_keys(desk: Desk) -> None:
    proposal, user = draft()
    page = desk.page(user)
    page.goto(section(proposal, "budget"))
    page.focus("[name='f-money-operating.materials-fiscal']")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.evaluate(PASTE, "材料\t20\t5\t试剂\r\n测试\t3.5\t0\t送检\r\n")
    expect(page.locator("#s-operating-fiscal")).to_have_text("23.50")
    page.focus("[name='f-equipment-0-name']")
    page.evaluate(PASTE, "色谱仪\tLC\t30\t2\t检测\t开放\n离心机\tH2\t5\t1\t制样\t开放")
    expect(page.locator("#n-f-equipment")).to_contain_text("65.00万元")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "f-equipment-1-name"
    assert stored("budget")["money"]["operating.testing"] == {"fiscal": "3.5", "own": "0", "basis": "送检"}
    assert [row["price"] for row in stored("budget")["equipment"]] == ["30", "5"]


def test_a_question_about_an_amount_is_answered_by_key_while_another_cell_is_not_saved_yet(desk: Desk) -> None:
    proposal, user = draft()
    page = desk.page(user)
    page.goto(section(proposal, "budget"))
    own, basis = (f"[name='f-money-operating.materials-{part}']" for part in ("own", "basis"))
    page.fill(own, "600000")
    page.locator("button[name='right']").wait_for()
    page.fill(basis, "种子")
    page.press("button[name='right']", "Enter")
    page.wait_for_url("**#f-money")
    page.wait_for_load_state()
    expect(page.locator(basis)).to_have_value("种子")
    expect(page.locator("button[name='mend']")).to_have_count(0)
    page.fill(own, "610000")
    page.press("button[name='mend']", "Enter")
    expect(page.locator(own)).to_be_focused()
    expect(page.locator(own)).to_have_value("61.00")
    expect(page.locator("#s-operating-own")).to_have_text("61.00")
    line = stored("budget")["money"]["operating.materials"]
    assert (line, SectionAnswer.objects.get(section="budget").as_typed) == (
        {"fiscal": "", "own": "61.00", "basis": "种子"},
        [],
    )


def test_what_is_typed_just_before_a_link_is_pressed_arrives_before_the_page_is_left(desk: Desk) -> None:
    proposal, user = draft()
    page = desk.page(user)
    page.goto(section(proposal, "rationale"))
    page.fill("#f-need", "最后一句")
    page.get_by_role("link", name="检查并提交").first.click()
    page.wait_for_url("**/check/")
    assert stored("rationale")["need"] == "最后一句"


def test_without_a_connection_a_link_is_followed_only_by_who_was_told(desk: Desk) -> None:
    proposal, user = draft()
    page = desk.page(user)
    page.goto(section(proposal, "rationale"))
    page.route("**/sections/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.fill("#f-need", "断线时写的")
    page.get_by_role("link", name="检查并提交").first.click()
    expect(page.locator("#saved")).to_contain_text("连接已断")
    page.get_by_role("link", name="检查并提交").first.click()
    page.wait_for_url("**/check/")
    desk.faults[:] = [fault for fault in desk.faults if "ERR_FAILED" not in fault]


def test_a_second_tab_is_shown_both_texts_and_nothing_is_lost(desk: Desk) -> None:
    proposal, user = draft()
    page = desk.page(user)
    page.goto(section(proposal, "rationale"))
    save_section(proposal=proposal, section="rationale", data={"need": "别人写的"}, expected_version=0, by=user)
    page.fill("#f-need", "我写的")
    page.locator("#late button").click()
    expect(page.locator(".theirs")).to_have_text("别人写的")
    expect(page.locator("#f-need")).to_have_value("我写的")
    page.locator("button[value=save].main").click()
    expect(page.locator("#f-need")).to_have_value("我写的")
    assert stored("rationale")["need"] == "我写的"


def test_a_lost_connection_is_told_and_the_text_arrives_later_or_is_offered_again(desk: Desk) -> None:
    proposal, user = draft()
    page = desk.page(user)
    page.goto(section(proposal, "rationale"))
    page.route("**/sections/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.fill("#f-need", "断线时写的")
    expect(page.locator("#saved")).to_contain_text("连接已断")
    page.reload()
    expect(page.locator("#kept")).to_be_visible()
    page.unroute("**/sections/**")
    page.click("#bring-back")
    expect(page.locator("#f-need")).to_have_value("断线时写的")
    expect(page.locator("#saved")).to_contain_text("已保存")
    assert stored("rationale")["need"] == "断线时写的"
    desk.faults[:] = [fault for fault in desk.faults if "ERR_FAILED" not in fault]


def test_a_proposal_is_submitted_with_a_receipt(desk: Desk) -> None:
    proposal, user = filled()
    page = desk.page(user)
    page.goto(reverse("proposal-write", args=[proposal.uid]))
    page.get_by_role("link", name="检查并提交").first.click()
    page.check("#truth")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".big")).to_have_text(ProposalVersion.objects.get().receipt)


def addresses(proposal: Proposal) -> list[str]:
    names = ("basic", "content", "team", "budget", "avoidance", "attachments")
    own = [reverse(name, args=[proposal.uid]) for name in ("proposal-write", "proposal-check", "proposal-member-add")]
    start = reverse("proposal-start", args=[proposal.call.code])
    return [*own, start, reverse("proposals-mine"), *(section(proposal, name) for name in names)]


def test_every_page_fits_a_phone_and_has_no_fault_of_accessibility(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    proposal, user = draft(CallFactory.create(published=True, directions=3))
    wrong = {"money": {"operating.materials": {"fiscal": "200000", "own": "x", "basis": ""}}}
    save_section(proposal=proposal, section="budget", data=wrong, expected_version=0, by=user)
    page = desk.page(user, size=PHONE)
    found = {}
    for url in addresses(proposal):
        page.goto(url)
        found[url] = axe(page) + (["scrolls sideways"] if scrolls_sideways(page) else [])
    assert {url: faults for url, faults in found.items() if faults} == {}
