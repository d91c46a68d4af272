"""What is true of the budgets of projects at every moment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from projects.enums import COUNTING_ADJUSTMENTS, OPEN_ADJUSTMENTS
from projects.models import Adjustment, AdjustmentLine, LedgerLine, Project
from projects.queries.deciding_adjustments import KIND
from workflows.enums import RouteState
from workflows.invariants import invariant
from workflows.models import Route


@invariant("budget.ledger", "a line of the ledger is what the contract gave and every change that counts since")
def ledger() -> Iterator[str]:
    counting = AdjustmentLine.objects.filter(line=OuterRef("pk"), adjustment__state__in=COUNTING_ADJUSTMENTS)
    changes = counting.order_by().values("line").annotate(sum=Sum("change")).values("sum")
    kept = F("opening") + Coalesce(Subquery(changes), Decimal(0))
    rows = LedgerLine.objects.annotate(kept=kept).exclude(approved=F("kept"))
    yield from (f"line {row.pk}: {row.approved}" for row in rows)


@invariant("budget.opening", "the ledger as the contract gave it adds up to the grant")
def opening() -> Iterator[str]:
    rows = Project.objects.filter(ledger__isnull=False).annotate(given=Sum("ledger__opening"))
    yield from (str(row.pk) for row in rows.exclude(given=F("grant")))


@invariant("budget.deciding", "a change that waits for a decision has an open route and a date, a decided one has none")
def deciding() -> Iterator[str]:
    running = Route.objects.filter(kind=KIND, state=RouteState.OPEN).values("subject_id")
    waiting = Adjustment.objects.filter(state__in=OPEN_ADJUSTMENTS)
    yield from (str(row.pk) for row in waiting.exclude(pk__in=running))
    yield from (str(row.pk) for row in waiting.filter(due_at=None))
    yield from (str(row.pk) for row in Adjustment.objects.filter(pk__in=running).exclude(state__in=OPEN_ADJUSTMENTS))
