"""Scoring in a real browser: typing during a slow save, a lost connection, keys for points, the phone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, Route, expect

from directory.models import User
from experts.actions.assignment import accept, assign_expert
from experts.actions.round import send_invitations
from experts.actions.sheet import save_score_sheet
from experts.models import Assignment, Dossier, ScoreSheet
from tests.browser.conftest import PHONE, Desk, scrolls_sideways
from tests.factories.directory import officer
from tests.factories.experts import (
    OPINION,
    accepted,
    answers,
    expert_user,
    handed_in,
    invited,
    profile_of,
    running,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def seated() -> tuple[Assignment, User]:
    user = expert_user()
    return accepted(officer(), user), user


def sheet_page(desk: Desk, assignment: Assignment, user: User) -> Page:
    page = desk.page(user)
    page.goto(reverse("review", args=[assignment.uid]))
    return page


def test_points_are_given_by_key_and_the_server_sums(desk: Desk) -> None:
    assignment, user = seated()
    page = sheet_page(desk, assignment, user)
    page.get_by_role("button", name="创新性 80").click()
    page.fill("#score_way", "45")
    expect(page.locator("#sheet-total")).to_contain_text("86.00")
    expect(page.locator("#sheet-saved")).to_contain_text("已自动保存")
    assert ScoreSheet.objects.get().scores == {"novelty": "80", "way": "45"}


def test_typing_during_a_slow_save_is_no_change_of_somebody_else(desk: Desk) -> None:
    assignment, user = seated()
    page = sheet_page(desk, assignment, user)

    def slow(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route("**/save/", slow)
    with page.expect_request("**/save/"):
        page.fill("#opinion", "技术路线清楚")
    page.fill("#opinion", OPINION)
    page.fill("#score_novelty", "90")
    expect(page.locator("#lack_score_novelty")).to_have_text("")
    expect(page.locator("#lack_opinion")).to_have_text("")
    expect(page.locator("#sheet-stale")).to_have_text("")
    sheet = ScoreSheet.objects.get()
    assert (sheet.opinion, sheet.scores) == (OPINION, {"novelty": "90"})


def test_an_answer_that_was_lost_is_asked_for_again_before_anything_newer_goes(desk: Desk) -> None:
    assignment, user = seated()
    page = sheet_page(desk, assignment, user)
    asked: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        asked.append(route.request.post_data or "")
        if len(asked) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/save/", lose_the_first_answer)
    page.fill("#opinion", "技术路线清楚")
    expect(page.locator("#sheet-saved")).to_contain_text("未保存")
    page.fill("#opinion", OPINION)
    expect(page.locator("#sheet-saved")).to_contain_text("已自动保存")
    expect(page.locator("#lack_opinion")).to_have_text("")
    assert asked[0] == asked[1]
    assert ScoreSheet.objects.get().opinion == OPINION
    expect(page.locator("#sheet-stale")).to_have_text("")
    desk.faults[:] = [fault for fault in desk.faults if "ERR_FAILED" not in fault]


def test_another_window_is_told_and_only_saving_by_hand_goes_on(desk: Desk) -> None:
    assignment, user = seated()
    page = sheet_page(desk, assignment, user)
    save_score_sheet(assignment=assignment, answers=answers(), expected_version=0, by=user)
    page.fill("#opinion", "另一个窗口里写的意见")
    expect(page.locator("#sheet-stale")).to_contain_text("另一个窗口里写的意见")
    expect(page.locator("#sheet-stale")).to_contain_text(OPINION)
    assert ScoreSheet.objects.get().opinion == OPINION
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#sheet-stale")).to_have_text("")
    assert ScoreSheet.objects.get().opinion == "另一个窗口里写的意见"


def test_control_and_enter_saves_what_is_typed_then_leads_to_submitting(desk: Desk) -> None:
    assignment, user = seated()
    page = sheet_page(desk, assignment, user)
    page.fill("#score_novelty", "80")
    page.fill("#score_way", "45")
    page.locator("label", has_text="不符合").click()
    page.locator("label", has_text="B 可以资助").click()
    page.fill("#opinion", OPINION)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("main")).to_contain_text("已提交")
    assert Assignment.objects.get().state == "submitted"


def test_the_whole_way_with_the_keyboard_alone_and_the_connection_lost_in_between(desk: Desk) -> None:
    user = expert_user()
    assignment = invited(officer(), user)
    page = desk.page(user)
    accept_with_keys(page, assignment)
    page.keyboard.press("Alt+m")
    expect(page.locator("#score_novelty")).to_be_focused()
    page.keyboard.type("80")
    expect(page.locator("#sheet-saved")).to_contain_text("已自动保存")
    page.keyboard.press("Alt+m")
    expect(page.locator("#score_way")).to_be_focused()
    score_without_connection(page)
    page.context.set_offline(False)
    expect(page.locator("#lack_opinion")).to_have_text("")
    expect(page.locator("#sheet-saved")).to_contain_text("已自动保存")
    page.keyboard.press("Alt+m")
    expect(page.get_by_label("A 优先资助")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#sheet-saved")).not_to_contain_text("未完成")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="提交")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("已提交")
    sheet = ScoreSheet.objects.get()
    assert (Assignment.objects.get().state, sheet.opinion) == ("submitted", OPINION)
    assert (str(sheet.total), sheet.vetoes, sheet.recommendation) == ("86.00", {"law": True}, "B")
    desk.faults[:] = [fault for fault in desk.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def accept_with_keys(page: Page, assignment: Assignment) -> None:
    page.goto(reverse("review", args=[assignment.uid]))
    press_on(page, page.get_by_role("checkbox"), "Space")
    press_on(page, page.get_by_role("button", name="接受邀请并查看材料"), "Enter")
    expect(page.get_by_role("heading", name="评分表")).to_be_visible()
    page.wait_for_load_state()  # a key pressed before the page's script has run is nobody's


def score_without_connection(page: Page) -> None:
    """The cursor stands in the second criterion: points, the veto and the opinion are typed; nothing of it arrives."""
    page.context.set_offline(True)
    page.keyboard.type("45")
    expect(page.locator("#sheet-saved")).to_contain_text("未保存")
    press_on(page, page.get_by_label("符合", exact=True), "Space")
    press_on(page, page.locator("#opinion"), *OPINION)
    assert ScoreSheet.objects.get().opinion == ""
    expect(page.locator("#opinion")).to_have_value(OPINION)


def test_an_invitation_is_declined_with_the_keyboard_and_never_without_a_reason(desk: Desk) -> None:
    boss, user = officer(), expert_user()
    assignment = invited(boss, user)
    page = desk.page(user)
    page.goto(reverse("review", args=[assignment.uid]))
    decline = page.get_by_role("button", name="谢绝评审")
    press_on(page, page.get_by_label("不能评审的原因"))
    press_on(page, decline, "Enter")
    expect(page.get_by_role("alert")).to_contain_text("不能评审的原因")
    assert Assignment.objects.get().state == "invited"
    press_on(page, page.get_by_label("不能评审的原因"), *"近期出国")
    press_on(page, page.get_by_label("更合适的人选"), *"其其格研究员")
    press_on(page, decline, "Enter")
    expect(page.locator("main")).to_contain_text("已谢绝")
    officers = desk.page(boss)
    officers.goto(reverse("round", args=[assignment.round.uid]))
    for told in ("近期出国", "其其格研究员"):
        expect(officers.locator("#answers").locator("xpath=ancestor::section")).to_contain_text(told)


def test_a_workbook_is_taken_along_filled_in_and_read_back(desk: Desk, tmp_path: Path) -> None:
    _assignment, user = seated()
    page = desk.page(user)
    page.goto(reverse("sheets_offline"))
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载工作簿").click()
    file = tmp_path / "评分.xlsx"
    taken.value.save_as(file)
    book = load_workbook(file)
    for column, value in enumerate((80, 45, "符合", OPINION, "B 可以资助"), 4):
        book.worksheets[0].cell(3, column).value = value
    book.save(file)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="查看将要变更的内容").click()
    expect(page.locator("main")).to_contain_text(OPINION)
    assert ScoreSheet.objects.count() == 0
    page.get_by_role("button", name="保存这些行").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    assert str(ScoreSheet.objects.get().total) == "86.00"


def press_on(page: Page, target: Locator, *keys: str) -> None:
    """Go to `target` with the tabulator, then press the keys; nothing is clicked."""
    for _step in range(60):
        if target.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    for key in keys:
        page.keyboard.press(key) if len(key) > 1 else page.keyboard.insert_text(key)


def test_the_keys_lead_to_the_next_dossier_after_saving_and_into_the_dossier(desk: Desk) -> None:
    boss, user = officer(), expert_user()
    dossiers = [handed_in(number, boss) for number in (1, 2)]
    review_round = running(boss, *dossiers)
    for dossier in Dossier.objects.order_by("pk"):
        assign_expert(dossier=dossier, expert=profile_of(user), by=boss)
    send_invitations(review_round=review_round, by=boss)
    first, second = Assignment.objects.order_by("pk")
    for seat in (first, second):
        accept(assignment=seat, by=user, statement=True)
    page = sheet_page(desk, first, user)
    expect(page.locator(".keys")).to_contain_text("下一份")
    page.keyboard.press("Alt+r")
    expect(page.locator("#dossier")).to_be_focused()
    page.keyboard.press("Alt+m")
    page.keyboard.type("77")
    page.keyboard.press("Alt+j")
    page.wait_for_url(f"**{reverse('review', args=[second.uid])}")
    assert ScoreSheet.objects.get().scores == {"novelty": "77"}
    page.keyboard.press("Alt+k")
    page.wait_for_url(f"**{reverse('review', args=[first.uid])}")
    expect(page.locator("#score_novelty")).to_have_value("77")


def test_every_page_of_an_expert_fits_a_phone_and_has_no_fault_of_accessibility(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    assignment, user = seated()
    waiting = invited(officer(), user)
    page = desk.page(user, size=PHONE)
    urls = [reverse(name) for name in ("reviews", "expert_apply", "messages")]
    urls += [reverse(name, args=[assignment.uid]) for name in ("review", "review_conflict")]
    found = {}
    for url in [*urls, reverse("review", args=[waiting.uid])]:
        page.goto(url)
        found[url] = axe(page) + (["scrolls sideways"] if scrolls_sideways(page) else [])
    assert {url: faults for url, faults in found.items() if faults} == {}
