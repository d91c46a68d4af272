"""Experts are assigned, accept, declare, score, submit; the officer ranks and closes the round."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.way.filing import PROJECT, RIVAL
from tests.browser.way.stage import TITLE, Stage, nothing_waits, press, relay, stands, step, take, told

OPINION = "选题符合指南方向，技术路线清楚，前期基础较好，考核指标可以核对，经费测算依据较为充分，建议支持。" * 3
CRITERIA = ("value", "novelty", "feasibility", "foundation", "budget")
POINTS = {PROJECT: 90, RIVAL: 70}


def review(stage: Stage) -> None:
    """From the plan of seats to the closed round."""
    assign(stage)
    for part in ("expert_one", "expert_two"):
        for title, points in POINTS.items():
            score(stage, stage.at(part), title, points)
        nothing_waits(stage.at(part), "")
    rank(stage)


def assign(stage: Stage) -> None:
    """The proposed plan is confirmed as a whole, then the invitations go out."""
    page = stage.at("officer")
    page.goto("/bench/rounds/")
    stage.look(page)
    page.get_by_role("main").get_by_role("link", name=TITLE).click()
    step(page, "启动评审")
    press(page, "生成分配方案")
    stage.look(page)
    press(page, "确认分配4席")
    told(page, "已分配席位：4个")
    step(page, "发出邀请")
    stands(page, "邀请中")
    stage.look(page)
    relay()


def score(stage: Stage, page: Page, title: str, points: int) -> None:
    """The invitation with its statement, the sheet, and submitting it for good."""
    take(page, title, "邀请您评审")
    stage.look(page)
    page.locator("#id_statement").check()
    press(page, "接受邀请并查看材料")
    main = page.get_by_role("main")
    expect(main).to_contain_text("围绕退化草原")
    expect(main).not_to_contain_text("苏日娜")
    for name in CRITERIA:
        page.locator(f"#score_{name}").fill(f"{points}")
    page.locator("#veto_guide").get_by_text("符合", exact=True).click()
    page.get_by_text("B 可以资助").click()
    page.locator("#opinion").fill(OPINION)
    expect(page.locator("#sheet-total")).to_contain_text(f"{points}.00")
    press(page, "提交评分…")
    stage.look(page)
    press(page, "提交")
    told(page, "评分表已提交")


def rank(stage: Stage) -> None:
    """All sheets are in: ranking locks them, closing hands the scores over."""
    page = stage.at("officer")
    take(page, TITLE, "评分表已齐，可以排序。")
    stage.look(page)
    step(page, "排序")
    expert = stage.at("expert_one")
    expert.goto("/bench/reviews/")
    expect(expert.locator("tr", has_text=PROJECT).locator(".badge")).to_have_text("已锁定")
    stage.look(expert)
    press(page, "评分结果")
    rows = page.locator("main tbody tr")
    expect(rows.nth(0)).to_contain_text(PROJECT)
    expect(rows.nth(1)).to_contain_text(RIVAL)
    stage.look(page)
    page.locator(".crumbs a").last.click()
    step(page, "结束评审")
    stands(page, "已结束")
    relay()
