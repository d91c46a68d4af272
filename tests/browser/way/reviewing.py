"""Experts are assigned, accept, declare, score, submit; the officer ranks and closes the round."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.way.filing import PROJECT, RIVAL
from tests.browser.way.hands import Mouse
from tests.browser.way.stage import TITLE, Stage, nothing_waits, press, relay, stands, step, take, told, waiting

OPINIONS = {
    PROJECT: "选题符合指南方向，技术路线清楚，前期基础较好，考核指标可以核对，经费测算依据较为充分，建议支持。" * 3,
    RIVAL: "目标有一定新意，但中试条件尚不落实，关键指标缺少对照，风险估计不足，建议补充论证之后再行考虑。" * 3,
}
# What each question differs from the total by: two of the same weight even out.
CRITERIA = {"value": 0, "novelty": 0, "feasibility": 0, "foundation": 2, "budget": -2}
POINTS = {PROJECT: 90, RIVAL: 70}


def review(stage: Stage, hands: type[Mouse] = Mouse) -> None:
    """From the plan of seats to the closed round; `hands` are those of the first expert."""
    assign(stage)
    for part, kind in (("expert_one", hands), ("expert_two", Mouse)):
        for title, points in POINTS.items():
            score(stage, kind(stage.at(part)), title, points)
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
    press(page, "为4个席位生成方案")
    stage.look(page, "计算")
    relay()
    page.reload()
    stage.look(page, "方案")
    press(page, "确认分配4席")
    told(page, "已分配席位：4个")
    step(page, "发出邀请")
    stands(page, "邀请中")
    stage.look(page)
    relay()


def score(stage: Stage, hand: Mouse, title: str, points: int) -> None:
    """The invitation with its statement, the sheet, and submitting it for good."""
    page = hand.page
    main = page.get_by_role("main")
    hand.press(waiting(page, title).filter(has_text="邀请您评审").get_by_role("link"))
    expect(page.get_by_role("heading", name="接受邀请")).to_be_visible()
    statement = page.locator("#id_statement")
    if statement.count():  # signed once for all dossiers of the round
        hand.tick(statement)
    stage.look(page, "邀请")
    hand.press(main.get_by_role("button", name="接受邀请并查看材料"))
    expect(main).to_contain_text("围绕退化草原")
    expect(main).not_to_contain_text("苏日娜")
    fill(hand, title, points)
    stage.look(page, "评分")
    hand.press(main.get_by_role("link", name="提交评分…"))
    expect(page.get_by_role("heading", name="提交评分")).to_be_visible()
    stage.look(page)
    hand.press(main.get_by_role("button", name="提交", exact=True))
    told(page, "评分表已提交")
    stage.look(page, "已提交")


def fill(hand: Mouse, title: str, points: int) -> None:
    """Points, the question that bars, the opinion, the recommendation; the server sums."""
    page = hand.page
    for name, more in CRITERIA.items():
        hand.write(page.locator(f"#score_{name}"), f"{points + more}")
    hand.pick(page.locator("#veto_guide label").first)
    hand.write(page.locator("#opinion"), OPINIONS[title])
    hand.pick(page.locator("#recommendation label", has_text="B 可以资助"))
    expect(page.locator("#sheet-total")).to_contain_text(f"{points}.00")


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
