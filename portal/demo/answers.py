"""What the demo's applicants wrote: believable answers to any form, made from the proposal's title."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
from django.utils import timezone

from portal.demo.clock import days
from projects.definitions.form import Column, FieldKind, FormField
from projects.models import Call

ESSAYS: dict[str, str] = {
    "abstract": (
        "围绕“{title}”开展攻关：查明关键影响因素，提出可工程化的技术方案，完成样机或示范验证，"
        "形成自主知识产权和技术标准草案，为自治区相关产业降本增效、绿色发展提供支撑。"
    ),
    "need": (
        "“{title}”面向自治区产业链的薄弱环节。目前区内企业在该环节主要依赖外购技术和材料，成本高、供应不稳定，"
        "已经影响到后续加工和应用。本项目立足区内资源和已有中试条件，把实验室成果推进到可复制的工艺，"
        "对补齐短板、稳定就业、带动上下游企业共同升级具有直接作用，也符合自治区科技“突围”工程的部署。"
    ),
    "state_of_art": (
        "国外同类技术起步较早，已有若干条示范线运行，但其原料条件和能源结构与自治区差异较大，不能直接移植。"
        "国内高校和企业近五年在机理研究方面进展明显，公开报道的指标接近国际水平，但多停留在小试阶段，"
        "放大过程中的稳定性、能耗和安全问题尚未得到系统解决。围绕“{title}”，仍缺少长周期运行数据和可执行的标准。"
    ),
    "contents": (
        "一是查明关键参数对过程和产品性能的影响规律，建立可用于设计的模型；二是针对放大中的传热、传质和均匀性问题，"
        "提出结构与工艺方案，完成中试装置；三是连续运行并采集数据，评价能耗、成本、安全和环境影响；"
        "四是总结形成操作规程、检测方法和标准草案，在不少于两家单位应用验证“{title}”的成果。"
    ),
    "goals": (
        "完成“{title}”的中试验证，主要指标达到或优于国内先进水平；单位产品综合成本下降不少于15%；"
        "申请发明专利，形成标准草案一项，培养一支稳定的研发队伍。"
    ),
    "methods": (
        "采用“机理—小试—中试—应用”的路线。先用对比试验和表征手段确定关键因素，再用数值模拟优化结构和操作窗口；"
        "中试阶段分三轮进行，每轮结束后由第三方检测，未达到阶段指标不进入下一轮。数据按统一格式记录，可追溯、可复核。"
        "风险点列入清单，设有替代方案，保证“{title}”按期完成。"
    ),
    "novelty": "提出适应自治区原料特点的工艺窗口；把在线监测引入过程控制；指标、方法和数据一并公开，便于同行验证。",
    "record": (
        "团队近五年承担相关项目六项，已验收四项；完成小试并取得连续200小时运行数据；"
        "授权发明专利五件，发表论文十二篇。中试场地、公用工程和安全评价已落实。"
    ),
    "conditions": "具备材料分析、性能测试和中试装置等条件，设备运行良好，可保证项目使用；配套资金已列入年度预算。",
    "division": "负责人负责总体设计和进度；骨干分别负责机理、工艺、检测和应用；合作单位负责现场验证。",
    "budget_basis": "设备费按询价测算；材料和测试按轮次测算；劳务费按参与月数和当地标准测算；间接费用在规定上限以内。",
}
OTHER_ESSAY = (
    "针对“{title}”的这一部分，团队已作充分准备：目标明确、任务分解到人、时间节点清楚、检查办法具体；"
    "所需人员、设备、场地和经费均已落实，相关单位已达成一致意见，遇到问题时有替代方案，能够按计划完成并接受检查。"
)
TARGETS = (
    {"name": "主要性能指标", "value": "优于国内先进水平", "check": "第三方检测报告"},
    {"name": "发明专利", "value": "申请3件", "check": "受理通知书"},
    {"name": "标准草案", "value": "1项", "check": "标准文本和评审意见"},
)
SCHEDULE = (
    {"from": "2027-01-01", "to": "2027-12-31", "work": "机理研究和小试，确定工艺窗口"},
    {"from": "2028-01-01", "to": "2028-12-31", "work": "中试装置建设和三轮试验"},
    {"from": "2029-01-01", "to": "2029-12-31", "work": "应用验证，总结和标准草案"},
)
# 万元: from here on bought equipment is listed.
LISTED_FROM = 50
UNDER_WAY = "2026-XQ"
ROWS: dict[str, tuple[dict[str, str], ...]] = {"targets": TARGETS, "schedule": SCHEDULE}
# Shares of the fiscal money in percent, within the ceiling of indirect cost.
SPLIT: tuple[tuple[str, int], ...] = (
    ("equipment.purchase", 18),
    ("equipment.manufacture", 7),
    ("operating.materials", 24),
    ("operating.testing", 13),
    ("operating.travel", 4),
    ("operating.publication", 2),
    ("labour.staff", 14),
    ("labour.consulting", 2),
    ("indirect.management", 8),
    ("indirect.performance", 8),
)


def answer(field: FormField, call: Call, *, title: str, amount: int, keywords: str, direction: str) -> Any:
    """The answer to one field, of the shape that saving takes; None for fields kept in rows or files.

    amount -- 万元 of fiscal money asked for.
    """
    special: dict[FieldKind, Callable[[], Any]] = {
        FieldKind.TITLE: lambda: title,
        FieldKind.DIRECTION: lambda: direction,
        FieldKind.KEYWORDS: lambda: keywords,
        FieldKind.TERM: lambda: term(call),
        FieldKind.BUDGET: lambda: budget(call, amount),
        FieldKind.EQUIPMENT: lambda: equipment(amount),
        FieldKind.YEARS: lambda: years(call, amount),
        FieldKind.CHOICE: lambda: field.choices[-1],
        FieldKind.CHOICES: lambda: list(field.choices[:2]),
        FieldKind.YES_NO: lambda: "yes",
        FieldKind.INTEGER: lambda: "12",
        FieldKind.DECIMAL: lambda: "12.5",
        FieldKind.MONEY: lambda: "120",
        FieldKind.DATE: lambda: "2027-06-30",
        FieldKind.TABLE: lambda: table(field),
        FieldKind.TEXT: lambda: "按申报通知要求准备",
        FieldKind.LONG_TEXT: lambda: essay(field, title),
    }
    made = special.get(field.kind)
    return made() if made else None


def term(call: Call) -> dict[str, str]:
    """From 2027 on for three years; one call is of a project that has been under way for some months."""
    if call.code != UNDER_WAY:
        return {"from": "2027-01-01", "until": "2029-12-31"}
    begun = timezone.localdate(days(-150)).replace(day=1)
    return {"from": begun.isoformat(), "until": f"{begun.year + 2}-12-31"}


def essay(field: FormField, title: str) -> str:
    """A text of the length that the field asks for."""
    text = ESSAYS.get(field.id, OTHER_ESSAY).format(title=title)
    while len(text) < field.least_length:
        text += "\n" + OTHER_ESSAY.format(title=title)
    return text[: field.most_length]


def table(field: FormField) -> list[dict[str, str]]:
    """Rows of a table field: written ones for the well-known tables, plain ones for others."""
    known = ROWS.get(field.id)
    if known:
        return [dict(row) for row in known]
    return [
        {column.id: _cell(column, number) for column in field.columns} for number in range(max(1, field.least_rows))
    ]


def _cell(column: Column, number: int) -> str:
    if column.kind is FieldKind.DATE:
        return f"{2024 + number}-06-30"
    if column.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY):
        return str(10 + number)
    return f"{column.label}（{number + 1}）"


def budget(call: Call, amount: int) -> dict[str, dict[str, str]]:
    """Budget lines in 万元: the amount split over the usual categories, twice as much own money; or a lump sum."""
    from projects.enums import BudgetMode

    if call.budget_mode == BudgetMode.LUMP_SUM:
        return {
            "lump_sum": {"fiscal": str(amount), "own": "0", "basis": ""},
            "commitment": {"fiscal": "", "own": "", "basis": "yes"},
        }
    return budget_lines(amount)


def budget_lines(amount: int) -> dict[str, dict[str, str]]:
    """The lines of an itemised budget."""
    lines = {category: {"fiscal": f"{amount * share / 100:.2f}", "own": "0", "basis": ""} for category, share in SPLIT}
    lines["operating.materials"]["own"] = str(amount * 2)
    return lines


def equipment(amount: int) -> list[dict[str, str]]:
    """Two pieces that together come to what `budget` gives for buying equipment, from the sum on that is listed."""
    bought = Decimal(amount) * dict(SPLIT)["equipment.purchase"] / 100
    if bought < LISTED_FROM:
        return []
    shared = "纳入大型科研仪器共享平台，开放使用"
    prices = (("高效液相色谱仪", "LC-20", bought * 3 / 5), ("环境模拟试验箱", "HM-800", bought * 2 / 5))
    return [
        {"name": name, "model": model, "price": f"{price:.2f}", "quantity": "1", "use": "检测分析", "sharing": shared}
        for name, model, price in prices
    ]


def years(call: Call, amount: int) -> list[dict[str, str]]:
    """The budget by year of the term: two fifths, two fifths, the rest; the own money in the first."""
    dates = term(call)
    first, last = int(dates["from"][:4]), int(dates["until"][:4])
    parts = [Decimal(amount) * 2 / 5, Decimal(amount) * 2 / 5, Decimal(amount) / 5]
    own = [str(amount * 2), "0", "0"]
    return [
        {"year": str(year), "fiscal": f"{fiscal:.2f}", "own": more}
        for year, fiscal, more in zip(range(first, last + 1), parts, own, strict=True)
    ]


def shares(amount: int, host: str, partner: str) -> list[dict[str, str]]:
    """The budget by sub-project: the partner advises and publishes, the host does the rest and pays the own money."""
    lines = budget_lines(amount)
    theirs = ("operating.publication", "labour.consulting")
    return [
        {
            "topic": "课题二 咨询与标准" if code in theirs else "课题一 工艺与装备",
            "organisation": partner if code in theirs else host,
            "category": code,
            "fiscal": line["fiscal"],
            "own": line["own"],
        }
        for code, line in lines.items()
    ]


def scan(title: str) -> bytes:
    """A one-page PDF that stands for a signed and sealed scan."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    with document.open_metadata() as metadata:
        metadata["dc:title"] = title
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
