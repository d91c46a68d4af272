"""The demo's projects under way: paid, with own money that arrived, and spending from a list and typed."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from portal.demo.answers import scan
from portal.demo.clock import as_of, days
from projects.actions.own_funds import Arrival, record_own_funds
from projects.actions.payment import confirm_arrival, pay_instalment
from projects.actions.reports import Texts, endorse_report, save_report, submit_report
from projects.actions.results import Typed, record_result
from projects.actions.spending import Entry, hand_in_spending, record_spending, take_spending
from projects.enums import FundsSource, ProjectState, ResultKind
from projects.models import Call, Instalment, Project, Report, SpendingFile

OWN = Decimal(800_000)
# Days before today, 元, category, what for, source; a list of the finance system as an organisation exports it.
SPENDING = (
    (4.6, 186_400, "材料费", "高纯铽靶材及工装", "财政资金"),
    (4.4, 52_380, "测试化验加工费", "显微结构与磁性能测试", "财政资金"),
    (4.1, 268_000, "材料费", "烧结毛坯采购", "自筹资金"),
    (3.7, 12_860.5, "差旅费", "赴包头稀土研究院技术对接", "财政资金"),
    (3.2, 480_000, "设备购置费", "真空扩散炉首付款", "财政资金"),
    (2.6, 61_600, "专家咨询费", "工艺方案论证", "财政资金"),
    (2.2, -4_400, "材料费", "靶材退货", "财政资金"),
    (1.4, 36_000, "劳务费", "科研助理11月劳务", "财政资金"),
)
RESULTS = (
    (ResultKind.PAPER, "Grain boundary diffusion of low-Tb sintered Nd-Fe-B magnets", "10.1000/tala.2026.0117"),
    (ResultKind.PATENT, "一种烧结钕铁硼晶界扩散方法", "ZL 2026 1 0012345.1"),
    (ResultKind.PEOPLE, "材料工程专业硕士研究生", ""),
)
TEXTS = Texts(
    "完成晶界扩散靶材的成分设计和三批次小试，重稀土用量较常规工艺下降约42%，矫顽力达到任务书阶段指标；完成真空扩散炉采购。",
    "高纯铽靶材价格上涨，已通过预算调剂补充测试费用，不影响阶段目标。",
    "2027年开展公斤级中试，形成企业标准草案一项，申请发明专利两项。",
)


def run_projects(call: Call) -> None:
    """Every project of the call that is under way gets its first instalment and some of its own money."""
    rows = Project.objects.filter(proposal__call=call, state=ProjectState.ACTIVE)
    for project in rows.select_related("investigator__user", "organisation", "contract").order_by("pk"):
        administrator = _fresh(holders(Role.ORGANISATION_ADMIN, project.organisation_id).first())
        _pay(project, administrator)
        _bring_own_money(project, administrator)
        _spend(project, administrator)
        _results(project)
        _report(project, administrator)


def _pay(project: Project, administrator: User) -> None:
    one = Instalment.objects.select_related("project__contract").get(project=project, number=1)
    with as_of(days(-3.5)):
        officer = _fresh(holders(Role.PROGRAMME_OFFICER).first())
        pay_instalment(
            instalment=one,
            amount=one.amount,
            paid_on=timezone.localdate(),
            voucher="国库支-2026-1187",
            by=officer,
        )
    with as_of(days(-2)):
        confirm_arrival(instalment=one, arrived_on=timezone.localdate(), by=administrator)


def _bring_own_money(project: Project, administrator: User) -> None:
    with as_of(days(-1.5)):
        arrival = Arrival(min(OWN, project.own), timezone.localdate(), FundsSource.OWN, uuid.uuid4())
        paper = SimpleUploadedFile("银行回单.pdf", scan("银行回单"), "application/pdf")
        record_own_funds(project=project, arrival=arrival, paper=paper, by=administrator)


def _spend(project: Project, administrator: User) -> None:
    """A list is taken, one entry is typed, and a second list waits with a row that is refused."""
    rows = [
        f"记-{number:03d},{timezone.localdate(days(-before)):%Y/%m/%d},{amount},{category},{purpose},{source}"
        for number, (before, amount, category, purpose, source) in enumerate(SPENDING, start=11)
    ]
    with as_of(days(-1.2)):
        take_spending(file=_handed_in(project, rows, administrator), by=administrator)
    entry = Entry("记-031", timezone.localdate(), Decimal(3_200), "operating.publication", purpose="专利申请费")
    record_spending(project=project, entry=entry, by=_fresh(project.investigator.user))
    wrong = f"记-040,{timezone.localdate():%Y/%m/%d},1200,业务招待费,接待,财政资金"
    with as_of(days(-0.1)):
        _handed_in(project, [*rows[-2:], wrong], administrator, "支出明细（11月下旬）.csv")


def _handed_in(project: Project, rows: list[str], by: User, name: str = "支出明细（11月）.csv") -> SpendingFile:
    text = "\n".join(["凭证号,凭证日期,借方金额（元）,预算科目,摘要,资金来源", *rows])
    return hand_in_spending(project=project, upload=SimpleUploadedFile(name, text.encode("gb18030")), by=by)


def _results(project: Project) -> None:
    """What came out so far, for a project whose term has begun."""
    today = timezone.localdate()
    if project.starts_on > today:
        return
    words = f"本工作得到内蒙古自治区重点研发和成果转化计划（{project.number}）资助。"
    for kind, title, number in RESULTS:
        typed = Typed(kind, title, max(project.starts_on, today - dt.timedelta(days=20)), words, number, count=2)
        record_result(project=project, result=typed, by=_fresh(project.investigator.user))


def _report(project: Project, administrator: User) -> None:
    """The first report that is owed: endorsed where it is due soon, begun where it lies far ahead."""
    one = Report.objects.select_related("project__contract").filter(project=project).first()
    if one is None:
        return
    investigator = _fresh(project.investigator.user)
    save_report(report=one, texts=TEXTS, expected_version=one.version, by=investigator)
    if one.due_at < days(90):
        submit_report(report=one, by=investigator)
        endorse_report(report=one, by=administrator)


def _fresh(user: User | None) -> User:
    """The user with no standing read before."""
    assert user is not None  # noqa: S101 - everybody who acts in the demo has an account
    return User.objects.select_related("person").get(pk=user.pk)
