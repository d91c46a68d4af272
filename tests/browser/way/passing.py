"""The host endorses, the authority recommends in one letter, the department checks and sends to review."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.way.filing import PROJECT, RIVAL
from tests.browser.way.stage import TITLE, Stage, nothing_waits, press, stands, step, take, told

LETTER = "包科函〔2027〕3号"


def pass_on(stage: Stage) -> None:
    """From submitted to in review."""
    endorse(stage)
    recommend(stage)
    check(stage)
    to_review(stage)


def applicant_sees(stage: Stage, part: str, title: str, state: str) -> None:
    """The applicant's own list says where the proposal stands."""
    page = stage.at(part)
    page.goto("/bench/proposals/")
    expect(page.locator("tr", has_text=title).locator(".badge")).to_have_text(state)


def endorse(stage: Stage) -> None:
    """One opened from the inbox, the other from the list of all that was filed through the organisation."""
    page = stage.at("admin")
    nothing_waits(stage.at("recommender"), TITLE)
    take(page, PROJECT, "待审核或退回")
    stage.look(page)
    step(page, "审核通过", "同意申报", stage.look)
    stands(page, "单位已审核")
    page.goto("/bench/endorsements/")
    row = page.locator("tr", has_text=RIVAL)
    row.get_by_role("checkbox").check()
    stage.look(page)
    press(page, "审核通过所选")
    told(page, "已审核通过1份")
    nothing_waits(page, PROJECT)
    nothing_waits(page, RIVAL)
    applicant_sees(stage, "applicant", PROJECT, "单位已审核")


def recommend(stage: Stage) -> None:
    """Both in one letter, whose list can be printed."""
    page = stage.at("recommender")
    take(page, TITLE, "2份申报书待推荐")
    for box in page.locator("input[name=chosen]").all():
        box.check()
    page.get_by_label("推荐函文号").fill(LETTER)
    stage.look(page)
    press(page, "推荐所选")
    told(page, "已推荐2份")
    for text in (LETTER, PROJECT, RIVAL):
        expect(page.get_by_role("main")).to_contain_text(text)
    stage.look(page)
    nothing_waits(page, TITLE)
    applicant_sees(stage, "rival", RIVAL, "已推荐")


def check(stage: Stage) -> None:
    """The machine checks the whole call, the officer decides what it could not."""
    page = stage.at("officer")
    take(page, TITLE, "2份待形式审查")
    press(page, "整批核对（2份待审）")
    stage.look(page)
    for title in (PROJECT, RIVAL):
        page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
        decide(stage, page)
        take_back_to_list(page)
    nothing_waits(page, TITLE, "待形式审查")


def decide(stage: Stage, page: Page) -> None:
    """The team is small: the finding is overruled with a reason before the proposal can pass."""
    expect(page.locator(".now [aria-disabled]", has_text="形式审查通过")).to_be_visible()
    finding = page.locator("#findings tbody tr", has_text="不少于3")
    finding.get_by_label("理由").fill("青年项目组，规模合适")
    stage.look(page)
    finding.get_by_role("button", name="不影响申报").click()
    step(page, "形式审查通过")
    stands(page, "形式审查通过")


def take_back_to_list(page: Page) -> None:
    """Back to what was received under the call."""
    page.goto("/bench/received/?call=2027-CY")


def to_review(stage: Stage) -> None:
    """Both dossiers go to a review round."""
    page = stage.at("officer")
    take(page, TITLE, "2份待送评审")
    press(page, "送专家评审（2份）")
    expect(page.get_by_role("main")).to_contain_text("专家评审中")
    nothing_waits(page, TITLE, "待送评审")
    applicant_sees(stage, "applicant", PROJECT, "专家评审中")
