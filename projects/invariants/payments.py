"""What is true of the money of projects at every moment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from projects.enums import PAID_INSTALMENTS, InstalmentState, MilestoneState
from projects.models import Instalment, LedgerLine, Project, Spending
from workflows.invariants import invariant


@invariant("payment.within", "no more is paid than the approved budget")
def within() -> Iterator[str]:
    paid = _sum(Instalment.objects.filter(state__in=PAID_INSTALMENTS), "amount")
    yield from (f"project {row.pk}: {row.live}" for row in _with_total(paid).filter(live__gt=F("total")))


@invariant("payment.plan", "the instalments, paid and planned, add up to the approved budget")
def plan() -> Iterator[str]:
    live = _sum(Instalment.objects.exclude(state=InstalmentState.CANCELLED), "amount")
    rows = _with_total(live).filter(instalments__isnull=False).exclude(live=F("total")).distinct()
    yield from (f"project {row.pk}: {row.live} of {row.total}" for row in rows)


@invariant("payment.milestone", "what waits for a milestone is paid only once that is reached")
def milestone() -> Iterator[str]:
    rows = Instalment.objects.filter(state__in=PAID_INSTALMENTS, milestone__isnull=False)
    yield from (str(row.pk) for row in rows.exclude(milestone__state=MilestoneState.REACHED))


def _with_total(live: Subquery) -> QuerySet[Any]:
    total = Coalesce(_sum(LedgerLine.objects.all(), "approved"), F("grant"))
    return Project.objects.annotate(total=total, live=Coalesce(live, Decimal(0)))


def _sum(rows: QuerySet[Instalment] | QuerySet[LedgerLine], column: str) -> Subquery:
    own = rows.filter(project=OuterRef("pk")).order_by().values("project")
    return Subquery(own.annotate(sum=Sum(column)).values("sum"))


@invariant("spending.vouched", "an entry stands in the month of its day, and one of a list in a list that was taken")
def spending() -> Iterator[str]:
    rows = Spending.objects.select_related("file").only("pk", "period", "spent_on", "file__taken_at", "file_id")
    for row in rows.iterator():
        untaken = row.file is not None and row.file.taken_at is None
        if row.period != f"{row.spent_on:%Y-%m}" or untaken:
            yield str(row.pk)
