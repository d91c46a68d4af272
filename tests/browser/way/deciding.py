"""Funding list, approval by the second person, public notice, letters, the contract signed in order, the project."""

from __future__ import annotations

from itertools import pairwise

from playwright.sync_api import expect

from tests.browser.way.filing import PROJECT, RIVAL
from tests.browser.way.objecting import to_the_notice
from tests.browser.way.passing import applicant_sees
from tests.browser.way.stage import TITLE, Stage, nothing_waits, press, relay, stands, step, take, told

SIGNERS = ("applicant", "admin", "recommender", "decision_maker")


def put_on_notice(stage: Stage) -> None:
    """The list follows the ranking; a decision maker approves it and the public reads it."""
    page = stage.at("officer")
    take(page, TITLE, "2份已评审，待提出立项建议")
    press(page, "生成立项建议（2份已评审）")
    rows = page.locator("main tbody tr")
    expect(rows.nth(0)).to_contain_text(PROJECT)
    expect(rows.nth(0).get_by_role("checkbox")).to_be_checked()
    expect(rows.nth(1)).to_contain_text(RIVAL)
    expect(rows.nth(1).get_by_role("checkbox")).not_to_be_checked()
    stage.look(page)
    step(page, "提请审批")
    stands(page, "审批中")
    nothing_waits(page, TITLE)
    decision_maker = stage.at("decision_maker")
    take(decision_maker, TITLE, "待第二人审批或退回")
    stage.look(decision_maker)
    step(decision_maker, "批准并公示", "同意")
    stands(decision_maker, "公示中")
    nothing_waits(decision_maker, TITLE)
    relay()
    applicant_sees(stage, "applicant", PROJECT, "公示中")
    read_notice(stage)


def read_notice(stage: Stage) -> None:
    """Somebody without an account reads what is proposed, and not what is not."""
    page = stage.public()
    to_the_notice(page)
    main = page.get_by_role("main")
    expect(main.get_by_role("table")).to_contain_text(PROJECT)
    expect(main.get_by_role("table")).not_to_contain_text(RIVAL)
    stage.look(page)


def confirm(stage: Stage) -> None:
    """The notice is over: the decision maker confirms, and both applicants get their letters."""
    page = stage.at("decision_maker")
    take(page, TITLE, "公示期满，待确认")
    step(page, "公示后确认立项", look=stage.look)
    stands(page, "已确认")
    nothing_waits(page, TITLE)
    relay()
    letter(stage, "applicant", PROJECT, "已立项")
    letter(stage, "rival", RIVAL, "未立项")


def letter(stage: Stage, part: str, title: str, state: str) -> None:
    """What the department decided, as a letter on the record."""
    applicant_sees(stage, part, title, state)
    page = stage.at(part)
    press(page, title)
    page.get_by_role("main").locator("[aria-labelledby=letters-title] a").click()
    expect(page.get_by_role("main")).to_contain_text(title)
    stage.look(page)


def sign(stage: Stage) -> None:
    """The investigator completes the contract; it is signed in order, each at their turn only."""
    page = stage.at("applicant")
    take(page, PROJECT, "待完善目标和里程碑并开始签署")
    press(page, "完善目标和里程碑")
    for area in page.locator("main textarea").all():
        area.fill("形成可推广的修复技术一套。")
    stage.look(page)
    press(page, "保存")
    stage.look(page)
    step(page, "确认文本并开始签署")
    stands(page, "签署中")
    relay()
    for part, later in pairwise(SIGNERS):
        nothing_waits(stage.at(later), PROJECT, "待阅读并签署任务书")
        put_signature(stage, part)
    put_signature(stage, SIGNERS[-1])
    relay()


def put_signature(stage: Stage, part: str) -> None:
    """One signature under the text as it stands."""
    page = stage.at(part)
    take(page, PROJECT, "待阅读并签署任务书")
    press(page, "签署")
    told(page, "已签署")
    nothing_waits(page, PROJECT)


def begin(stage: Stage) -> None:
    """The project runs, and everybody who may sees it."""
    for part in ("applicant", "officer"):
        page = stage.at(part)
        page.goto("/bench/projects/")
        stage.look(page)
        press(page, PROJECT)
        stands(page, "在研")
        stage.look(page)
