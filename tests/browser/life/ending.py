"""The ways a project ends before its time, and what is left to whom."""

from __future__ import annotations

from playwright.sync_api import expect

from projects.models import Contract
from tests.browser.life.running import ask_change, decide_change, receive_money
from tests.browser.life.times import Life
from tests.browser.way.stage import nothing_waits, press, relay, stands, step, take

WHY = "示范区土地用途调整，无法继续开展野外试验。"


def sign_half(life: Life, contract: Contract) -> None:
    """The investigator completes and signs; the host does not."""
    page = life.at("applicant")
    take(page, life.project.title, "待完善目标和里程碑并开始签署")
    step(page, "确认文本并开始签署")
    relay()
    take(page, life.project.title, "待阅读并签署任务书")
    press(page, "签署")
    relay()
    waits = life.at("admin")
    take(waits, life.project.title, "待阅读并签署任务书")
    waits.goto(contract.get_absolute_url())
    stands(waits, "签署中")


def is_warned(life: Life) -> None:
    """The host was told before its days are over."""
    page = life.at("admin")
    page.goto("/bench/messages/")
    expect(page.get_by_role("main")).to_contain_text("任务书")


def has_lapsed(life: Life, contract: Contract) -> None:
    """Not signed in time: given up, and nobody can sign any more."""
    for part in ("applicant", "admin"):
        page = life.at(part)
        nothing_waits(page, life.project.title)
        page.goto(contract.get_absolute_url())
        stands(page, "已失效")
        expect(page.get_by_role("main").get_by_role("button", name="签署", exact=True)).to_have_count(0)
        page.goto(life.project.get_absolute_url())
        stands(page, "已失效")


def terminate(life: Life) -> None:
    """What was paid is settled: amounts that do not add up are refused and stay; then three decide."""
    receive_money(life)
    page = life.at("applicant")
    ask_change(page, life, "termination", why="force_majeure", spent="1", returned="1", reason=WHY)
    expect(page.get_by_role("alert")).to_contain_text("已拨付")
    expect(page.locator("#id_reason")).to_have_value(WHY)
    paid = life.project.instalments.get(number=1).amount / 10_000
    page.locator("#id_returned").fill(f"{paid - 1}")
    page.get_by_role("main").locator("form button.main, form button.grave").first.click()
    stands(page, "承担单位审批中")
    relay()
    decide_change(life, "admin", "recommender", "decision_maker")


def revoke(life: Life) -> None:
    """An integrity officer asks, for a decision that stands; the department decides."""
    page = life.at("integrity")
    ask_change(page, life, "revocation", basis="内科监〔2027〕3号", returned="0", reason="申报材料造假，经调查属实。")
    decide_change(life, "decision_maker")


def is_over(life: Life, state: str) -> None:
    """Everybody reads how it ended; the budget rests, and nothing about it waits for the investigator."""
    page = life.at("applicant")
    nothing_waits(page, life.project.title)
    page.goto(life.project.get_absolute_url())
    stands(page, state)
    expect(page.get_by_role("link", name="调剂预算")).to_have_count(0)
    expect(page.get_by_role("link", name="申请变更")).to_have_count(0)
