"""What comes back to the applicant, and what the applicant takes out of the way."""

from __future__ import annotations

from playwright.sync_api import expect

from cms.actions.record_pages import show_call
from projects.definitions import form_edit, standard
from projects.definitions.form import FieldKind, FormField
from projects.models import Call
from tests.browser.way.filing import PROJECT, RIVAL
from tests.browser.way.passing import applicant_sees
from tests.browser.way.stage import CODE, TITLE, Stage, nothing_waits, press, stands, step, take, told
from tests.factories.projects import CallFactory, DirectionFactory
from workflows.actors import SYSTEM

AGAIN = "退化草原土壤与植被修复技术研究"


def published_call() -> Call:
    """The call that `drafting` makes by its editors, and its page."""
    form = standard.FORMS["standard"]
    for section in ("rationale", "foundation", "route"):
        form = form_edit.remove_section(form, section)
    form = form_edit.put_field(form, "content", FormField(id="f1", kind=FieldKind.TEXT, label="预期推广面积"))
    call: Call = CallFactory.create(
        published=True, code=CODE, title=TITLE, directions=0, form=form.model_dump(mode="json")
    )
    DirectionFactory.create(call=call, code="CY-01", title="退化草原修复关键技术")
    show_call(call=call, by=SYSTEM)
    return call


def refuse(stage: Stage) -> None:
    """The organisation does not endorse; the applicant reads why, and nothing can be done with it any more."""
    page = stage.at("admin")
    take(page, RIVAL, "待审核或退回")
    step(page, "审核不通过", "与单位在研项目内容重复。", stage.look)
    stands(page, "单位未通过")
    nothing_waits(page, RIVAL)
    applicant_sees(stage, "rival", RIVAL, "单位未通过")
    rival = stage.at("rival")
    press(rival, RIVAL)
    expect(rival.get_by_role("main")).to_contain_text("与单位在研项目内容重复。")
    expect(rival.locator(".now").get_by_role("link")).to_have_count(0)
    stage.look(rival, "单位未通过")


def send_back(stage: Stage) -> None:
    """The organisation returns it with what is to be mended; the applicant is told and finds it in the inbox."""
    page = stage.at("admin")
    take(page, PROJECT, "待审核或退回")
    page.locator(".now").get_by_role("link", name="退回修改").click()
    press(page, "退回修改")
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("#id_note").fill("题目请写明植被修复。")
    press(page, "退回修改")
    told(page, "退回修改")
    nothing_waits(page, PROJECT)
    applicant_sees(stage, "applicant", PROJECT, "退回修改")


def revise(stage: Stage) -> None:
    """The applicant reads why, changes the title, submits again, and compares the two versions."""
    page = stage.at("applicant")
    take(page, PROJECT, "已退回修改")
    main = page.get_by_role("main")
    expect(main).to_contain_text("题目请写明植被修复。")
    stage.look(page)
    main.get_by_role("link", name="基本信息").first.click()
    page.locator("#f-title").fill(AGAIN)
    press(page, "检查并提交")
    page.locator("#truth").check()
    press(page, "提交")
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible()
    press(page, "与上一版本对照")
    expect(page.locator("del")).to_have_text(f"修改前{PROJECT}")
    expect(page.locator("ins")).to_have_text(f"修改后{AGAIN}")
    stage.look(page)
    nothing_waits(page, AGAIN)


def withdraw(stage: Stage) -> None:
    """Endorsed meanwhile, the proposal is withdrawn for good; nobody is left with it."""
    admin = stage.at("admin")
    take(admin, AGAIN, "待审核或退回")
    step(admin, "审核通过")
    take(stage.at("recommender"), TITLE, "1份申报书待推荐")
    page = stage.at("applicant")
    page.goto("/bench/proposals/")
    press(page, AGAIN)
    step(page, "撤回", "负责人调离", stage.look)
    stands(page, "已撤回")
    stage.look(page)
    applicant_sees(stage, "applicant", AGAIN, "已撤回")
    nothing_waits(stage.at("recommender"), TITLE)
    start_again(stage)


def start_again(stage: Stage) -> None:
    """What was withdrawn takes no place: the call may be applied to again."""
    page = stage.at("applicant")
    page.goto(f"/bench/calls/{CODE}/start/")
    expect(page.get_by_text("您已在本指南下有申报书")).to_have_count(0)
    press(page, "开始填写")
    expect(page.get_by_role("heading", name="任务清单")).to_be_visible()
