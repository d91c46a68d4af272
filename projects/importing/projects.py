"""Rows of a list of running projects: facts in fixed columns, the budget in a column for each category.

Amounts in yuan. A category is named as in the budget, in any language of the site or by its code; with （自筹） behind
the name the column is own money, else fiscal. An empty cell is nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from projects.budget import ZERO, Money
from projects.definitions.budget import Scheme, budget_rules
from projects.importing.reading import BrokenFileError, RefusedRowError, Row, Source, parse_date
from projects.shares import code_of

FACTS = (
    *("项目编号", "项目名称", "计划类别", "指南发布日期", "承担单位信用代码", "负责人姓名", "负责人邮箱"),
    *("主管人员邮箱", "开始日期", "结束日期", "合同签订日期", "已拨付", "研究目标", "阶段目标"),
)
NEEDED = FACTS[:7] + FACTS[8:11]
OWN = re.compile(r"[（(]\s*(自筹|own)\s*[)）]$", re.IGNORECASE)
STAGE = re.compile(r"^(\d{4})\s*年?\s*[:：]\s*(.+)$")
FEN, MOST = Decimal("0.01"), Decimal(10) ** 11
LONGEST = {"项目编号": 40, "项目名称": 120, "计划类别": 80, "研究目标": 4000}
Budget = dict[str, Money]


@dataclass(frozen=True)
class ProjectRow:
    """One running project as read: `paid` of the grant has arrived; `stages` are texts by year."""

    number: str
    title: str
    programme: str
    called_on: dt.date
    credit_code: str
    investigator: str
    email: str
    officer: str
    starts_on: dt.date
    ends_on: dt.date
    signed_on: dt.date
    paid: Decimal
    goals: str
    stages: tuple[tuple[int, str], ...]
    budget: tuple[tuple[str, Money], ...]

    @property
    def money(self) -> Money:
        """The sum of the budget: fiscal money is the grant."""
        return sum((money for _code, money in self.budget), Money())


def demand_columns(source: Source) -> None:
    """Raise BrokenFileError unless all facts are there and every other column is a category in yuan."""
    missing = [name for name in FACTS if name not in source.columns]
    if missing:
        raise BrokenFileError(f"columns missing: {', '.join(missing)}")
    strange = [head for head in source.columns if head not in FACTS and not _known(head)]
    if strange:
        raise BrokenFileError(f"no category of any budget: {', '.join(strange)}; amounts are in yuan")


def read_project(row: Row) -> ProjectRow:
    """The facts of a row. Raises RefusedRowError naming the column and what is wrong with it."""
    for name in NEEDED:
        if not row[name]:
            raise RefusedRowError(f"{name} is empty")
    for name, most in LONGEST.items():
        if len(row[name]) > most:
            raise RefusedRowError(f"{name} has {len(row[name])} characters, at most {most} are kept")
    called_on = _day(row, "指南发布日期")
    starts_on, ends_on, signed_on = (_day(row, name) for name in ("开始日期", "结束日期", "合同签订日期"))
    found = ProjectRow(
        number=row["项目编号"],
        title=row["项目名称"],
        programme=row["计划类别"],
        called_on=called_on,
        credit_code=row["承担单位信用代码"].upper(),
        investigator=row["负责人姓名"],
        email=row["负责人邮箱"],
        officer=row["主管人员邮箱"],
        starts_on=starts_on,
        ends_on=ends_on,
        signed_on=signed_on,
        paid=_yuan("已拨付", row["已拨付"]),
        goals=row["研究目标"],
        stages=_stages(row["阶段目标"], range(starts_on.year, ends_on.year + 1)),
        budget=tuple(_budget(row, _scheme(called_on)).items()),
    )
    _demand_order(found)
    return found


def _demand_order(row: ProjectRow) -> None:
    if not row.called_on <= row.signed_on:
        raise RefusedRowError("合同签订日期 lies before 指南发布日期")
    if not row.starts_on < row.ends_on:
        raise RefusedRowError("结束日期 does not lie after 开始日期")
    if row.money.fiscal <= 0:
        raise RefusedRowError("the budget has no fiscal money")
    if row.paid > row.money.fiscal:
        raise RefusedRowError(f"已拨付 is {row.paid}, the fiscal money of the budget only {row.money.fiscal}")


def _budget(row: Mapping[str, str], scheme: Scheme) -> Budget:
    """The money by category of `scheme`; columns that are one line there are added up."""
    found: Budget = {}
    for head, text in row.items():
        amount = _yuan(head, text) if head not in FACTS else ZERO
        if not amount:
            continue
        code = code_of(OWN.sub("", head), scheme)
        if not code:
            raise RefusedRowError(f"{head} is no category of budgets of {scheme.valid_from:%Y} ({scheme.document})")
        money = Money(own=amount) if OWN.search(head) else Money(amount)
        found[code] = found.get(code, Money()) + money
    return found


def _known(head: str) -> bool:
    return any(code_of(OWN.sub("", head), scheme) for scheme in budget_rules().schemes)


def _scheme(day: dt.date) -> Scheme:
    try:
        return budget_rules().scheme_on(day)
    except LookupError as fault:
        raise RefusedRowError(f"指南发布日期: {fault}") from fault


def _day(row: Row, name: str) -> dt.date:
    found = parse_date(row[name])
    if found is None:
        raise RefusedRowError(f"{name} is no date")
    return found


def _yuan(name: str, text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    if not plain:
        return ZERO
    try:
        amount = Decimal(plain)
        exact = amount.is_finite() and amount == amount.quantize(FEN)
    except InvalidOperation:
        raise RefusedRowError(f"{name}: {text[:40]} is no amount in yuan") from None
    if not exact or not 0 <= amount < MOST:
        raise RefusedRowError(f"{name}: {text[:40]} is below zero, finer than a fen, or larger than any budget")
    return amount.quantize(FEN)


def _stages(text: str, years: range) -> tuple[tuple[int, str], ...]:
    """Texts by year, as in 2026：完成中试；2027：通过验收. Raises RefusedRowError for a part that is none of these."""
    found: dict[int, str] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[；;\n]", text))):
        stage = STAGE.match(part)
        if stage is None or int(stage[1]) not in years or int(stage[1]) in found:
            raise RefusedRowError(f"阶段目标: {part[:40]} has no year of the term, or one that stands there twice")
        found[int(stage[1])] = stage[2]
    return tuple(sorted(found.items()))
