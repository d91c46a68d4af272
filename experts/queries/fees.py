"""Fees as they are read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.utils import timezone

from experts.enums import DONE_ASSIGNMENTS
from experts.fees import CENT
from experts.models import ExpertProfile, FeeSheet, FeeStandard

if TYPE_CHECKING:
    from experts.models import ReviewRound


def standard_now() -> FeeStandard | None:
    """The standard that is in force today."""
    found: FeeStandard | None = FeeStandard.objects.filter(valid_from__lte=timezone.localdate()).first()
    return found


def tasks_of(review_round: ReviewRound) -> list[tuple[ExpertProfile, int]]:
    """The experts of a round whose sheets count, with how many each wrote: one query."""
    mine = Q(assignments__round=review_round, assignments__state__in=DONE_ASSIGNMENTS)
    rows = ExpertProfile.objects.annotate(done=Count("assignments", filter=mine)).filter(done__gt=0)
    return [(row, row.done) for row in rows.select_related("person").order_by("person__name", "pk")]


def whole(sheet: FeeSheet) -> Decimal:
    """The sum of the sheet in yuan."""
    return Decimal(sheet.lines.aggregate(sum=Sum("amount"))["sum"] or 0).quantize(CENT)
