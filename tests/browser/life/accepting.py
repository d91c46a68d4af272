"""The acceptance of a project, from filing to what the public reads."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.life.times import Life
from tests.browser.way.stage import nothing_waits, press, relay, stands, step, take

SUMMARY = "项目完成了任务书规定的全部研究内容和考核指标。" * 5
EXPERTS = "\n".join(f"专家{one}，自治区农牧业科学院，研究员" for one in "甲乙丙丁戊")


def file(life: Life) -> None:
    """The investigator writes what is not known yet and files; the host confirms, the department checks."""
    page = life.at("applicant")
    take(page, life.project.title, "请填写并提交验收申请")
    press(page, "填写验收材料")
    page.locator("#id_summary").fill(SUMMARY)
    page.locator("#id_benefit").fill(SUMMARY)
    for choice in page.locator("select[name^=attainment]").all():
        choice.select_option("reached")
    for text in page.locator("[name^=evidence]").all():
        text.fill("技术规程2项，见附件")
    page.get_by_role("main").locator("form button.main").click()
    step(page, "提交验收申请")
    stands(page, "已提交")
    relay()
    for part, why, name in (
        ("admin", "请审核验收申请或组织专家评议", "审核通过"),
        ("officer", "请审查验收材料、组织专家评议或拟定结论", "形式审查通过"),
    ):
        page = life.at(part)
        take(page, life.project.title, why)
        step(page, name)
        relay()


def hear(life: Life, suggested: str, task: str = "reached", finance: str = "yes") -> None:
    """The host hears five experts: too few are refused, and nothing typed is lost."""
    page = life.at("admin")
    take(page, life.project.title, "请审核验收申请或组织专家评议")
    page.locator(".now").get_by_role("link", name="填写专家组意见").click()
    page.locator("#id_experts").fill(EXPERTS.partition("\n")[0])
    page.locator(f"[name=task][value={task}]").check()
    page.locator(f"[name=finance][value={finance}]").check()
    page.locator(f"[name=suggested][value={suggested}]").check()
    page.locator("#id_opinion").fill("专家组听取了汇报，审阅了资料，形成如下意见。")
    page.get_by_role("main").locator("form button.main").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_opinion")).to_have_value("专家组听取了汇报，审阅了资料，形成如下意见。")
    page.locator("#id_experts").fill(EXPERTS)
    page.get_by_role("main").locator("form button.main").click()
    stands(page, "专家已评议")
    relay()


def conclude(life: Life, outcome: str, words: str, state: str) -> None:
    """An officer proposes, a decision maker approves, the project ends, the public reads how."""
    page = life.at("officer")
    take(page, life.project.title, "请审查验收材料、组织专家评议或拟定结论")
    page.locator(".now").get_by_role("link", name="拟定验收结论").click()
    page.locator(f"[name=outcome][value={outcome}]").check()
    page.get_by_role("main").locator("form button.main").click()
    stands(page, "已拟定结论")
    relay()
    decision_maker = life.at("decision_maker")
    take(decision_maker, life.project.title, "验收结论待批准")
    step(decision_maker, "批准验收结论")
    stands(decision_maker, "已作出结论")
    relay()
    applicant = life.at("applicant")
    nothing_waits(applicant, life.project.title)
    applicant.goto(life.project.get_absolute_url())
    stands(applicant, state)
    public = life.at("")
    public.goto("/acceptances/")
    expect(public.locator("main tr", has_text=life.project.title)).to_contain_text(words)
