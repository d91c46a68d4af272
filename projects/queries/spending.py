"""Spending against the budget, category by category. Amounts in yuan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from projects.budget import LABELS, ZERO
from projects.definitions.budget import budget_rules
from projects.models import LedgerLine, Project, Spending

FULL = 100


def countable(project: Project) -> tuple[dt.date, dt.date]:
    """The first and the last day whose spending counts: the term, from the signature on if that was earlier."""
    signed = project.contract.signed_at
    first = min(project.starts_on, timezone.localdate(signed)) if signed else project.starts_on
    return first, min(project.ends_on, timezone.localdate())


@dataclass(frozen=True)
class Used:
    """One category, or all: what is approved and spent of the fiscal money, and the own money beside it."""

    code: str
    approved: Decimal = ZERO
    spent: Decimal = ZERO
    own_planned: Decimal = ZERO
    own_spent: Decimal = ZERO

    @property
    def label(self) -> str:
        """The name of the category."""
        return str(LABELS.get(self.code, self.code))

    @property
    def left(self) -> Decimal:
        """What may still be spent; less than nothing where more was spent than approved."""
        return self.approved - self.spent

    @property
    def is_over(self) -> bool:
        """Whether more fiscal money was spent than is approved."""
        return self.spent > self.approved

    @property
    def percent(self) -> int | None:
        """How much of the approved is spent; None where nothing is approved."""
        return round(FULL * self.spent / self.approved) if self.approved else None


@dataclass(frozen=True)
class UsedBar:
    """A row of the chart: parts of the longest bar, in percent."""

    used: Used
    approved: int
    within: int
    over: int


def used_by_category(project: Project) -> list[Used]:
    """The categories that have a budget or spending, in their order: two queries."""
    approved = dict(_sums(LedgerLine.objects.filter(project=project), "approved"))
    rows = Spending.objects.filter(project=project, struck_at=None).order_by()
    spent = {
        (category, source): total
        for category, source, total in rows.values("category", "source")
        .annotate(sum=Sum("amount"))
        .values_list("category", "source", "sum")
    }
    own = {one["category"]: Decimal(one["own"]) for one in project.contract.content.get("budget", [])}
    found = [
        Used(code, approved.get(code, ZERO), spent.get((code, "fiscal"), ZERO), own.get(code, ZERO), own_spent)
        for code in budget_rules().codes
        for own_spent in [spent.get((code, "own"), ZERO)]
    ]
    return [one for one in found if one.approved or one.spent or one.own_planned or one.own_spent]


def _sums(rows: object, column: str) -> Iterable[tuple[str, Decimal]]:
    return rows.order_by().values("category").annotate(sum=Sum(column)).values_list("category", "sum")  # type: ignore[attr-defined,no-any-return]


def whole(rows: Iterable[Used], total: Decimal) -> Used:
    """All categories together against `total`."""
    used = list(rows)
    return Used(
        "",
        total,
        sum((one.spent for one in used), ZERO),
        sum((one.own_planned for one in used), ZERO),
        sum((one.own_spent for one in used), ZERO),
    )


def bars_of(rows: Iterable[Used]) -> list[UsedBar]:
    """The chart: a bar for each category with fiscal money, the longest filling the width."""
    used = [one for one in rows if one.approved or one.spent > 0]
    most = max((max(one.approved, one.spent) for one in used), default=ZERO)
    return [_bar(one, most) for one in used] if most else []


def _bar(one: Used, most: Decimal) -> UsedBar:
    approved = round(FULL * one.approved / most)
    spent = max(round(FULL * one.spent / most), 0)
    return UsedBar(one, approved, min(spent, approved), max(spent - approved, 0))
