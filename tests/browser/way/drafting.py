"""The officer drafts a call with every editor, a second officer approves it, and the public reads it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.way.stage import CODE, TITLE, Stage, beijing, nothing_waits, pdf, press, relay, stands, step, take


def publish_the_call(stage: Stage) -> None:
    """From an empty draft to the call page of the public site."""
    officer = stage.at("officer")
    begin(officer)
    for edit in (facts, directions, form, rules, scoring, plan, contacts, documents):
        edit(officer)
    ask(officer)
    approve(stage.at("second_officer"))
    nothing_waits(officer, TITLE)
    nothing_waits(stage.at("second_officer"), TITLE)
    relay()
    read(stage)


def begin(page: Page) -> None:
    """A new draft; its page names what is missing."""
    page.goto("/bench/programme/calls/")
    press(page, "新建指南")
    page.locator("#id_code").fill(CODE)
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_programme").fill("自治区重点研发和成果转化计划")
    press(page, "创建草稿")
    stands(page, "草稿")
    expect(page.get_by_role("heading", name="尚缺内容")).to_be_visible()


def part(page: Page, name: str) -> None:
    """Open the editor of one part."""
    page.get_by_role("navigation", name="指南各部分").get_by_role("link", name=name, exact=True).click()
    press(page, "修改")


def facts(page: Page) -> None:
    """Dates in Beijing time, the focus area, the text."""
    part(page, "基本信息与时间")
    for name, value in (
        ("document_number", "内科发〔2027〕12号"),
        ("opens_at", beijing(-1)),
        ("filing_deadline", beijing(20)),
        ("recommendation_deadline", beijing(25)),
        ("summary", "支持退化草原修复与饲草高效利用的技术攻关。"),
        ("body", "申报单位应在自治区境内注册满一年，具有完成项目所需的人员和条件。"),
    ):
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_focus_areas").select_option(label="生态修复")
    press(page, "保存")
    expect(page.get_by_text("未选择重点领域")).to_have_count(0)


def directions(page: Page) -> None:
    """One direction with its ceiling in 万元."""
    part(page, "指南方向")
    for name, value in (
        ("code", "CY-01"),
        ("title", "退化草原修复关键技术"),
        ("places", "1"),
        ("most_amount", "50"),
        ("text", "围绕退化草原的土壤与植被修复开展研究。"),
    ):
        page.locator(f"#id_row-0-{name}").fill(value)
    press(page, "保存")
    expect(page.get_by_role("main")).to_contain_text("退化草原修复关键技术")


def form(page: Page) -> None:
    """Two sections fewer than the standard form, one field more."""
    part(page, "申报书")
    for section in ("rationale", "foundation", "route"):
        page.locator(f"button[value='section_remove {section}']").click()
    content = page.locator("section", has=page.get_by_role("heading", name="研究内容与目标"))
    content.get_by_label("添加填写项").select_option("text")
    content.get_by_role("button", name="添加").click()
    page.locator("#id_label").fill("预期推广面积")
    press(page, "保存")
    expect(content).to_contain_text("预期推广面积")
    press(page, "完成")


def rules(page: Page) -> None:
    """An age limit of 58 instead of 60."""
    part(page, "申报条件")
    age = page.locator("fieldset", has=page.locator("input[value='项目负责人年龄不超过60周岁。']"))
    age.locator("[name$=-value]").fill("58")
    age.locator("[name$=-explanation]").fill("项目负责人年龄不超过58周岁。")
    press(page, "保存")
    expect(page.get_by_role("main")).to_contain_text("58")


def scoring(page: Page) -> None:
    """Other weights; a sum that is not 100 is named and nothing is lost."""
    part(page, "评审指标")
    page.locator("#id_row-0-weight").fill("35")
    press(page, "保存")
    expect(page.get_by_role("alert")).to_contain_text("权重合计为105")
    page.locator("#id_row-2-weight").fill("20")
    press(page, "保存")
    expect(page.get_by_role("main")).to_contain_text("35")


def plan(page: Page) -> None:
    """Two experts for each proposal, one place."""
    part(page, "评审安排")
    page.locator("#id_places").fill("1")
    page.locator("#id_experts_per_proposal").fill("2")
    press(page, "保存")


def contacts(page: Page) -> None:
    """Whom applicants may ask."""
    part(page, "联系人")
    page.locator("#id_row-0-name").fill("资源配置与管理处")
    page.locator("#id_row-0-phone").fill("0471-0000000")
    press(page, "保存")
    expect(page.get_by_role("main")).to_contain_text("0471-0000000")


def documents(page: Page) -> None:
    """The guide as a file, which the scanner has to pass."""
    part(page, "附件")
    page.locator("#id_upload").set_input_files(pdf("申报指南.pdf"))
    press(page, "上传")
    relay()
    press(page, "完成")
    expect(page.get_by_role("link", name="申报指南.pdf")).to_be_visible()


def ask(page: Page) -> None:
    """Nothing is missing: the call goes to a second officer."""
    expect(page.get_by_role("heading", name="尚缺内容")).to_have_count(0)
    step(page, "提请审批")
    stands(page, "审批中")
    expect(page.locator(".now").get_by_role("link", name="审核发布")).to_have_count(0)


def approve(page: Page) -> None:
    """The second officer finds it in the inbox."""
    take(page, TITLE, "另一位项目主管请您审核本指南。")
    step(page, "审核发布", "同意发布")
    stands(page, "已发布")


def read(stage: Stage) -> None:
    """Somebody without an account finds the call from the front page and reads it."""
    page = stage.public()
    page.goto("/")
    stage.look(page)
    page.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    main = page.get_by_role("main")
    for text in ("申报中", "CY-01", "≤ 50", "58", "申报指南.pdf", "0471-0000000"):
        expect(main).to_contain_text(text)
    stage.look(page)
