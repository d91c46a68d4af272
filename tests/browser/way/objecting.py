"""Somebody without an account objects to what is on notice; the integrity officer decides; the objector reads why."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.way.filing import PROJECT
from tests.browser.way.passing import applicant_sees
from tests.browser.way.stage import TITLE, Stage, nothing_waits, press, relay, stands, step, take

OBJECTOR = "白音"
ANSWER = "经核查，示范用地租赁合同真实有效，异议不成立。"
TYPED = {
    "name": OBJECTOR,
    "contact": "0471-7654321",
    "text": "申报书所列示范用地并非该单位所有，请核实示范条件。",
    "evidence": "可向所在旗自然资源局查询土地权属登记。",
}


def object_and_answer(stage: Stage) -> None:
    """The list waits while the objection is open, of which the applicant sees nothing; dismissed, it goes on."""
    code = send(stage)
    relay()
    applicant_sees(stage, "applicant", PROJECT, "公示中")
    waits_for_the_answer(stage.at("decision_maker"))
    dismiss(stage)
    relay()
    applicant_sees(stage, "applicant", PROJECT, "公示中")
    answered(stage, code)


def to_the_notice(page: Page) -> None:
    """Notices stand on a page of their own on the public site."""
    page.goto("/notices/")
    page.get_by_role("main").get_by_role("link", name="拟立项项目公示").first.click()


def send(stage: Stage) -> str:
    """The form of the notice: a nameless objection is not taken, what was typed stays; the code to ask with."""
    page = stage.public()
    to_the_notice(page)
    press(page, "提出异议")
    expect(page.get_by_role("heading", name="对公示提出异议")).to_be_visible()
    page.locator("#id_item").select_option(label=PROJECT)
    for name, text in TYPED.items():
        page.locator(f"#id_{name}").fill("" if name == "name" else text)
    press(page, "提交异议")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(TYPED["text"])
    stage.look(page)
    page.locator("#id_name").fill(OBJECTOR)
    press(page, "提交异议")
    expect(page.get_by_role("heading", name="您的异议已收到")).to_be_visible()
    stage.look(page, "已收到")
    return page.locator("main .big").inner_text()


def waits_for_the_answer(page: Page) -> None:
    """The list cannot be confirmed, and its page says why."""
    page.goto("/bench/funding/")
    press(page, TITLE)
    expect(page.locator(".now")).to_contain_text("还有1件异议未作出决定")


def dismiss(stage: Stage) -> None:
    """Decided on the facts: who objects is shown only when asked for."""
    page = stage.at("integrity")
    take(page, PROJECT, "收到异议，待办理")
    main = page.get_by_role("main")
    expect(main).to_contain_text(TYPED["text"])
    expect(main).not_to_contain_text(OBJECTOR)
    press(page, "查看异议人")
    expect(main).to_contain_text(OBJECTOR)
    stage.look(page)
    step(page, "异议不成立", ANSWER)
    stands(page, "不成立")
    nothing_waits(page, PROJECT)


def answered(stage: Stage, code: str) -> None:
    """The code leads to the answer."""
    page = stage.public()
    to_the_notice(page)
    press(page, "凭查询码查询办理情况")
    page.locator("#id_code").fill(code)
    press(page, "显示")
    expect(page.get_by_role("main")).to_contain_text(ANSWER)
    stage.look(page)
