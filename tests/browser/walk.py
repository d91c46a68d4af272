"""The hands that a proposal goes through, each a person at a page: what they press and what they see.

Everything is done through pages; nothing here calls an action. The outbox is delivered by `relay` as the server's own
thread would, and the clock moves only where the rules wait for days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from directory.models import FocusArea, User
from projects.models import Call, Contract, Proposal
from tests.browser.conftest import Desk
from tests.factories import directory
from tests.factories.experts import expert_user
from tests.factories.way import Cast
from tests.workflows.gate.corpus import pdf
from workflows.relay import run_once

CODE, CALL, TITLE = "2027-CY", "退化草原修复关键技术", "草原退化机理与修复技术研究"
LONG = "围绕退化草原的土壤与植被开展长期观测，" * 12
OPINION = "选题符合指南方向，技术路线清楚，前期基础较好，考核指标可以核对，经费测算依据较为充分，建议支持。" * 2
ANSWERS = {
    "f-title": TITLE,
    "f-term-from": "2027-01-01",
    "f-term-until": "2029-12-31",
    "f-keywords": "草原；退化；修复",
    "f-targets-0-name": "技术规程",
    "f-targets-0-value": "2项",
    "f-targets-0-check": "文本",
    "f-targets-1-name": "示范区",
    "f-targets-1-value": "100公顷",
    "f-targets-1-check": "现场",
    "f-schedule-0-from": "2027-01-01",
    "f-schedule-0-to": "2029-12-31",
    "f-schedule-0-work": "野外观测与示范",
    "f-money-operating.materials-fiscal": "20",
    "f-money-operating.materials-own": "30",
    "f-money-operating.materials-basis": "牧草种子与试剂",
    "f-money-indirect.management-fiscal": "6",
}


def relay() -> None:
    """Deliver all that waits in the outbox."""
    while run_once():
        pass


def press(page: Page, name: str) -> None:
    """Press the button of that name and wait for the next page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name).first.click()


def step(page: Page, name: str, note: str | None = None) -> None:
    """Take a step of a record: the line under “现在可以”, then its own page, with a note where one is asked for."""
    with page.expect_navigation():
        page.locator(".now").get_by_role("link", name=name).first.click()
    if note is not None:
        page.fill("main textarea", note)
    with page.expect_navigation():
        page.locator("main button.main").click()


def stands(page: Page, state: str) -> None:
    """The record says where it stands."""
    expect(page.locator("main .badge").first).to_have_text(state)


def from_inbox(page: Page, title: str, said: str) -> None:
    """What waits stands on the first page with what is asked; following it."""
    page.goto(reverse("home"))
    waiting = page.locator("section", has_text="等您办理").first
    expect(waiting).to_contain_text(said)
    with page.expect_navigation():
        waiting.get_by_role("link", name=title).first.click()


def nothing_waits(page: Page) -> None:
    """The first page has nothing to do."""
    page.goto(reverse("home"))
    expect(page.locator("section", has_text="等您办理").first).not_to_contain_text(TITLE)


@dataclass
class Walk:
    """One call, one proposal, and everybody at a page of their own."""

    desk: Desk
    cast: Cast = field(default_factory=Cast)
    second: User = field(default_factory=directory.officer)
    experts: list[User] = field(default_factory=lambda: [expert_user() for _seat in range(3)])
    area: FocusArea = field(default_factory=directory.FocusAreaFactory.create)

    def __post_init__(self) -> None:
        """Open the officer's and the applicant's pages."""
        self.officer, self.applicant = self.desk.page(self.cast.officer), self.desk.page(self.cast.applicant)

    @property
    def proposal(self) -> str:
        """The address of the proposal."""
        return reverse("proposal", args=[Proposal.objects.get().uid])

    def draft_call(self) -> None:
        """The officer drafts a call with the editors and asks for approval."""
        page = self.officer
        page.goto(reverse("call_new"))
        page.fill("#id_code", CODE)
        page.fill("#id_title", CALL)
        page.fill("#id_programme", "重点研发计划")
        press(page, "创建草稿")
        expect(page.locator("main")).to_contain_text("缺少申报截止时间")
        self._part("facts", {"filing_deadline": _moment(30), "recommendation_deadline": _moment(40)}, str(self.area.pk))
        self._part("directions", {"row-0-code": "CY-01", "row-0-title": "退化草原修复", "row-0-most_amount": "60"})
        self._part("contacts", {"row-0-name": "乌兰", "row-0-phone": "0471-1234567"})
        self._part("plan", {"places": "1"})
        step(page, "提请审批")
        stands(page, "审批中")

    def _part(self, part: str, values: dict[str, str], area: str = "") -> None:
        page = self.officer
        page.goto(reverse("call_edit", args=[Call.objects.get().uid, part]))
        for name, value in values.items():
            page.fill(f"[name={name}]", value)
        if area:
            page.select_option("[name=focus_areas]", area)
        with page.expect_navigation():
            page.get_by_role("button", name="保存", exact=True).click()

    def publish_call(self) -> None:
        """A second officer approves; the public finds the call with its countdown."""
        page = self.desk.page(self.second)
        from_inbox(page, CALL, "另一位项目主管请您审核本指南")
        step(page, "审核发布")
        stands(page, "已发布")
        relay()
        public = self.desk.page()
        public.goto("/")
        public.get_by_role("link", name=CALL).first.click()
        expect(public.locator("main")).to_contain_text("距申报截止")
        expect(public.locator("main")).to_contain_text("CY-01")

    def write(self) -> None:
        """The applicant sees the own eligibility, writes every section, adds a scan."""
        page = self.applicant
        page.goto("/calls/2027-cy/")
        page.get_by_role("link", name="开始填写").first.click()
        expect(page.locator("main")).to_contain_text("您和单位是否符合条件")
        press(page, "开始填写")
        for section in ("basic", "rationale", "content", "route", "foundation", "team", "budget"):
            self._section(section)
        page.goto(f"{self.proposal}sections/team/")
        with page.expect_navigation():
            page.locator("main").get_by_role("link", name=self.cast.applicant.person.name).click()
        page.fill("[name=months_per_year]", "6")
        press(page, "保存")
        page.goto(f"{self.proposal}sections/attachments/")
        scan = {"name": "承诺书.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        page.set_input_files("[name=f-promise]", scan)  # type: ignore[arg-type]  # a file as Playwright writes it
        press(page, "上传")
        expect(page.locator("main")).to_contain_text("承诺书.pdf")

    def _section(self, name: str) -> None:
        page = self.applicant
        page.goto(f"{self.proposal}sections/{name}/")
        for box in page.locator("main textarea[name^='f-']").all():
            box.fill(LONG)
        for choice in page.locator("main select[name^='f-']").all():
            choice.select_option(index=1)
        for key, value in ANSWERS.items():
            if page.locator(f"[name='{key}']").count():
                page.fill(f"[name='{key}']", value)
        press(page, "保存并继续")

    def submit(self) -> None:
        """The applicant declares that it is true, submits, and holds a receipt."""
        page = self.applicant
        page.goto(f"{self.proposal}check/")
        page.check("#truth")
        press(page, "提交")
        expect(page.locator("main")).to_contain_text("申报书已收到")
        expect(page.locator("main")).to_contain_text("记录链位置")

    def endorse(self) -> None:
        """The organisation sends it back once, the applicant mends and submits again, the organisation endorses."""
        page = self.desk.page(self.cast.admin)
        from_inbox(page, TITLE, "待审核或退回")
        step(page, "退回修改", "请补充测算依据")
        stands(page, "退回修改")
        nothing_waits(page)
        from_inbox(self.applicant, TITLE, "已退回修改")
        self.submit()
        from_inbox(page, TITLE, "待审核或退回")
        step(page, "审核通过")
        stands(page, "单位已审核")
        nothing_waits(page)

    def recommend(self) -> None:
        """The recommending officer recommends with a generated list."""
        page = self.desk.page(self.cast.recommender)
        from_inbox(page, CALL, "1份申报书待推荐")
        page.locator("[name=chosen]").first.check()
        page.fill("[name=number]", "包科函〔2027〕1号")
        press(page, "推荐所选")
        expect(page.locator("main")).to_contain_text("推荐项目清单")
        expect(page.locator("main")).to_contain_text(TITLE)

    def examine(self) -> None:
        """The officer checks the batch, overrules a finding with a reason, confirms that the proposal is eligible."""
        page = self.officer
        from_inbox(page, CALL, "1份待形式审查")
        press(page, "整批核对")
        page.goto(self.proposal)
        expect(page.locator("main")).to_contain_text("项目组人数：1 人；要求：不少于3 人")
        page.fill("[name=reason]", "已核对团队名单，另有两名学生参加")
        press(page, "不影响申报")
        step(page, "形式审查通过")
        stands(page, "形式审查通过")

    def open_review(self) -> None:
        """The officer hands the dossiers to a round, assigns by plan and invites."""
        page = self.officer
        page.goto(f"{reverse('officer-proposals')}?call={CODE}")
        press(page, "送专家评审")
        page.goto(reverse("rounds"))
        with page.expect_navigation():
            page.get_by_role("link", name=CALL).first.click()
        self.round = page.url
        step(page, "启动评审")
        page.goto(f"{self.round}plan/")
        press(page, "确认分配3席")
        expect(page.locator("main")).to_contain_text("已分配席位：3个")
        page.goto(self.round)
        step(page, "邀请")

    def review(self) -> None:
        """Each expert accepts with the statement, reads without names, scores and submits."""
        for user in self.experts:
            page = self.desk.page(user)
            from_inbox(page, TITLE, "邀请您评审")
            page.check("[name=statement]")
            press(page, "接受邀请并查看材料")
            for name in (self.cast.applicant.person.name, self.cast.host.name):
                expect(page.locator("main")).not_to_contain_text(name)
            self._score(page)
            nothing_waits(page)

    def _score(self, page: Page) -> None:
        for box in page.locator("main input[type=number]").all():
            box.fill("90")
        page.locator("label").filter(has=page.locator("input[name='veto_guide'][value='pass']")).first.click()
        page.locator("label", has_text="B 可以资助").click()
        page.fill("#opinion", OPINION)
        expect(page.locator("#sheet-saved")).to_contain_text("已自动保存")
        with page.expect_navigation():
            page.get_by_role("link", name="提交评分").first.click()
        with page.expect_navigation():
            page.locator("main button.main").click()
        expect(page.locator("main")).to_contain_text("评分表已提交")

    def decide(self) -> None:
        """The officer ranks, closes and makes the list; the decision maker approves; the public reads the notice."""
        page = self.officer
        page.goto(self.round)
        step(page, "排序")
        step(page, "结束")
        relay()
        page.goto(f"{reverse('officer-proposals')}?call={CODE}")
        press(page, "生成立项建议")
        expect(page.locator("main")).to_contain_text("90.00")
        step(page, "提请审批")
        decider = self.desk.page(self.cast.decision_maker)
        from_inbox(decider, CALL, "待第二人审批或退回")
        step(decider, "批准并公示", "同意")
        stands(decider, "公示中")
        expect(decider.locator(".now")).to_contain_text("公示尚未结束")
        relay()
        public = self.desk.page()
        public.goto("/notices/")
        public.locator("main").get_by_role("link", name=CODE).first.click()
        expect(public.locator("main")).to_contain_text(TITLE)

    def sign(self) -> None:
        """After the notice: confirmed, told by letter, the contract signed in order, the project runs."""
        decider = self.desk.page(self.cast.decision_maker)
        from_inbox(decider, CALL, "公示期满，待确认")
        step(decider, "公示后确认立项")
        relay()
        applicant = self.desk.page(self.cast.applicant)
        from_inbox(applicant, TITLE, "待完善目标和里程碑并开始签署")
        contract = reverse("contract", args=[Contract.objects.get().uid])
        applicant.goto(contract)
        step(applicant, "确认文本并开始签署")
        for user in (self.cast.applicant, self.cast.admin, self.cast.recommender, self.cast.decision_maker):
            page = self.desk.page(user)
            from_inbox(page, TITLE, "签署")
            press(page, "签署")
        applicant.goto(contract)
        stands(applicant, "已签署")
        applicant.goto(reverse("projects"))
        expect(applicant.locator("main")).to_contain_text("在研")
        applicant.goto(self.proposal)
        with applicant.expect_navigation():
            applicant.get_by_role("link", name="立项 · ").first.click()
        expect(applicant.locator("main")).to_contain_text(TITLE)

    def to_notice(self) -> None:
        """Everything from the first draft to the public notice."""
        for part in (
            *(self.draft_call, self.publish_call, self.write, self.submit, self.endorse, self.recommend),
            *(self.examine, self.open_review, self.review, self.decide),
        ):
            part()


def _moment(days: int) -> str:
    return (timezone.localtime() + dt.timedelta(days=days)).strftime("%Y-%m-%dT17:30")
