"""An applicant comes from the call page, qualifies, writes every part, submits, and holds a receipt."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from directory.models import User
from tests.browser.way.hands import Mouse
from tests.browser.way.stage import CODE, TITLE, Stage, pdf, relay, stands
from tests.factories.directory import PASSWORD

LONG = "围绕退化草原的土壤与植被开展长期观测，" * 8
PROJECT = "退化草原土壤修复技术研究"
RIVAL = "优良牧草选育与高效利用研究"


def file_a_proposal(stage: Stage, part: str, title: str, hands: type[Mouse] = Mouse) -> None:
    """From the call page, before signing in, to the receipt."""
    page = stage.pages[part] = stage.desk.page()
    hand = hands(page)
    start(stage, hand, stage.people[part])
    stage.look(page)
    write(stage, hand, title)
    submit(hand, title)
    stage.look(page)


def link(page: Page, name: str) -> None:
    """Wait for the page that a link led to."""
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def start(stage: Stage, hand: Mouse, user: User) -> None:
    """The button of the call page leads through signing in to the question of who qualifies."""
    page = hand.page
    page.goto(f"/calls/{CODE.lower()}/")
    main = page.get_by_role("main")
    hand.press(main.get_by_role("link", name="开始填写"))
    hand.write(page.get_by_label("邮箱"), user.email)
    hand.write(page.get_by_label("密码"), PASSWORD)
    hand.press(main.get_by_role("button", name="登录", exact=True))
    expect(page.get_by_role("heading", name="您和单位是否符合条件")).to_be_visible()
    expect(main.locator("tr", has_text="项目负责人年龄").locator(".badge")).to_have_text("符合")
    stage.look(page)
    hand.press(main.get_by_role("button", name="开始填写"))
    expect(page.get_by_role("heading", name="任务清单")).to_be_visible()


def write(stage: Stage, hand: Mouse, title: str) -> None:
    """Every part, each saved and left by “save and continue”."""
    page = hand.page
    hand.press(page.get_by_role("main").get_by_role("link", name="基本信息"))
    basic(hand, title)
    for part in (content, team, budget, avoidance):
        go_on(hand)
        part(hand)
        stage.look(page)
    go_on(hand)
    attachments(hand)


def go_on(hand: Mouse) -> None:
    """Save and open the next part."""
    before = hand.page.url
    hand.press(hand.page.get_by_role("button", name="保存并继续"))
    hand.page.wait_for_url(lambda url: url != before)


def basic(hand: Mouse, title: str) -> None:
    """Title, direction, term and abstract."""
    page = hand.page
    hand.write(page.locator("#f-title"), title)
    hand.choose(page.locator("#f-direction"), "CY-01")
    hand.write(page.locator("#f-term-from"), "2027-01-01")
    hand.write(page.locator("#f-term-until"), "2028-12-31")
    hand.write(page.locator("#f-keywords"), "草原；退化；修复")
    hand.choose(page.locator("#f-nature"), "应用研究")
    hand.write(page.locator("#f-abstract"), LONG)


def content(hand: Mouse) -> None:
    """Texts, the table of indicators, and the field that the officer added."""
    page = hand.page
    hand.write(page.locator("#f-contents"), LONG)
    hand.write(page.locator("#f-goals"), LONG)
    for number, (name, value) in enumerate((("技术规程", "2项"), ("示范面积", "5000亩"))):
        row = page.locator("#f-targets tbody tr").nth(number)
        for column, text in enumerate((name, value, "文本")):
            hand.write(row.locator("input").nth(column), text)
    hand.write(page.get_by_label("预期推广面积"), "5000亩")


def team(hand: Mouse) -> None:
    """The applicant's own share, and how the work is divided."""
    page = hand.page
    hand.press(page.locator("#f-members td a"))
    hand.write(page.locator("#id_months_per_year"), "6")
    hand.press(page.get_by_role("main").get_by_role("button", name="保存"))
    expect(page.locator("#f-members")).to_contain_text("6.0")
    hand.write(page.locator("#f-division"), "负责人统筹，成员分工实施。")


def budget(hand: Mouse) -> None:
    """Two lines in 万元; the server sums them while they are typed."""
    page = hand.page
    hand.write(page.locator("[name='f-money-operating.materials-fiscal']"), "30")
    hand.write(page.locator("[name='f-money-operating.materials-own']"), "10")
    hand.write(page.locator("[name='f-money-operating.materials-basis']"), "牧草种子与试剂")
    hand.write(page.locator("#f-budget_basis"), "按市场询价测算。")
    expect(page.locator("#s-total-fiscal")).to_have_text("30.00")
    expect(page.locator("#s-total-own")).to_have_text("10.00")


def avoidance(hand: Mouse) -> None:
    """One expert whom the applicant asks to keep away, with the reason."""
    row = hand.page.locator("#f-avoid tbody tr").first
    hand.write(row.locator("input").first, "那日苏")
    hand.write(row.locator("input").last, "有学术争议")


def attachments(hand: Mouse) -> None:
    """The promise of integrity as a file, which the scanner passes."""
    page = hand.page
    hand.attach(page.locator("#f-promise"), pdf("科研诚信承诺书.pdf"))
    hand.press(page.locator(".field", has=page.locator("#f-promise")).get_by_role("button", name="上传"))
    expect(page.get_by_role("link", name="科研诚信承诺书.pdf")).to_be_visible()
    relay()


def submit(hand: Mouse, title: str) -> None:
    """Nothing blocks: declare, submit, and read the receipt."""
    page = hand.page
    hand.press(page.get_by_role("main").get_by_role("link", name="检查并提交"))
    hand.tick(page.locator("#truth"))
    hand.press(page.get_by_role("main").get_by_role("button", name="提交", exact=True))
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible()
    main = page.get_by_role("main")
    for text in (title, TITLE, "SHA-256"):
        expect(main).to_contain_text(text)
    hand.press(main.get_by_role("link", name="查看进展"))
    stands(page, "已提交")
