"""A year of a project: money comes and is spent, the budget changes, a report is due, the term is extended."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.life.times import Life
from tests.browser.way.stage import nothing_waits, press, relay, stands, step, take, told

REASON = "试验材料价格低于预算，需补充测试。"
TEXT = "完成野外调查和室内试验，达到年度目标。" * 3
SIGNERS = ("applicant", "admin", "recommender", "decision_maker")


def receive_money(life: Life) -> None:
    """The department pays the first instalment; the host says that it arrived."""
    page = life.at("officer")
    take(page, life.project.title, "有一期经费应拨付")
    press(page, "登记拨付")
    page.locator("#id_voucher").fill("2027-0001")
    page.get_by_role("main").locator("form button.main").click()
    expect(page.get_by_role("main")).to_contain_text("已拨付")
    relay()
    host = life.at("admin")
    take(host, life.project.title, "请确认经费到账")
    press(host, "确认到账")
    host.get_by_role("main").locator("form button.main").click()
    expect(host.get_by_role("main")).to_contain_text("已到账")


def spend(life: Life) -> None:
    """One voucher, typed by the host; the chart shows it against the budget."""
    page = life.at("admin")
    page.goto(f"/bench/projects/{life.project.uid}/spending/new/")
    page.locator("#id_voucher").fill("记-12")
    page.locator("#id_amount").fill("120000")
    page.locator("#id_category").select_option("operating.materials")
    page.locator("#id_purpose").fill("土壤样品试剂")
    page.get_by_role("main").locator("form button.main").click()
    expect(page.get_by_role("main")).to_contain_text("记-12")
    page.goto(f"/bench/projects/{life.project.uid}/money/")
    expect(page.get_by_role("main")).to_contain_text("12.00")


def adjust(life: Life) -> None:
    """More equipment: the organisation decides within working days."""
    page = life.at("applicant")
    page.goto(f"/bench/projects/{life.project.uid}/adjust/")
    page.get_by_label("购置设备费").first.fill("2")
    page.get_by_label("材料费").first.fill("-2")
    expect(page.locator("#press")).to_have_text("提交单位办理")
    page.locator("#id_reason").fill(REASON)
    page.locator("#id_promised").check()
    with page.expect_navigation():
        page.locator("#press").click()
    stands(page, "单位办理中")
    relay()


def decide_late(life: Life) -> None:
    """The days are over: the page says so, the department was told, and the organisation decides yet."""
    page = life.at("admin")
    take(page, life.project.title, "审批预算调剂")
    expect(page.get_by_role("main")).to_contain_text("逾期")
    press(page, "批准")
    stands(page, "已批准并生效")
    nothing_waits(page, life.project.title, "审批预算调剂")
    relay()


def report(life: Life) -> None:
    """The annual report waits with its day; each of the three hands does its part."""
    page = life.at("applicant")
    take(page, life.project.title, "请填写并提交报告")
    press(page, "填写报告")
    for name in ("progress", "problems", "next_steps"):
        page.locator(f"#id_{name}").fill(TEXT)
    page.get_by_role("main").locator("form button.main").click()
    step(page, "提交")
    stands(page, "已提交")
    relay()
    for part, why, name, state in (
        ("admin", "请审核报告或退回", "审核通过", "单位已审核"),
        ("officer", "请接收报告或退回", "接收", "已接收"),
    ):
        page = life.at(part)
        take(page, life.project.title, why)
        step(page, name)
        stands(page, state)
        relay()


def ask_change(page: Page, life: Life, kind: str, **fields: str) -> None:
    """Ask for a change of a kind with what its form asks for."""
    page.goto(f"/bench/projects/{life.project.uid}/changes/{kind}/")
    for name, value in fields.items():
        target = page.locator(f"#id_{name}")
        if target.evaluate("field => field.tagName") == "SELECT":
            target.select_option(value)
        else:
            target.fill(value)
    page.get_by_role("main").locator("form button.main, form button.grave").first.click()
    relay()


def decide_change(life: Life, *parts: str) -> None:
    """Everybody whose word is asked for approves, each from the inbox."""
    for part in parts:
        page = life.at(part)
        take(page, life.project.title, "批准或不批准该变更")
        press(page, "批准")
        told(page, "已批准")
        relay()


def extend(life: Life) -> None:
    """A year more: asked for in time, decided by three, signed as a supplement by four."""
    page = life.at("applicant")
    end = life.project.ends_on.replace(year=life.project.ends_on.year + 1)
    ask_change(
        page,
        life,
        "extension",
        ends_on=f"{end}",
        reason="遇两年连旱，需补充一个生长季的观测。",
        work="补充一个生长季的野外观测和示范。",
    )
    stands(page, "承担单位审批中")
    decide_change(life, "admin", "recommender", "decision_maker")
    for part in SIGNERS:
        page = life.at(part)
        take(page, life.project.title, "阅读并签署补充任务书")
        press(page, "签署")
        told(page, "已签署")
        relay()
    stands(page, "已签署")
    life.project.refresh_from_db()
    assert life.project.ends_on == end
