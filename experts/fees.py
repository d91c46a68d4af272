"""The arithmetic of fees: exact yuan by the standard."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from directory.enums import Title
from experts.enums import FeeGrade

if TYPE_CHECKING:
    from experts.models import FeeStandard

CENT, HUNDRED = Decimal("0.01"), Decimal(100)


def grade_of(standard: FeeStandard, title: str) -> FeeGrade:
    """The grade of a title level under a standard; who is nationally known an officer says by hand."""
    senior = title == Title.SENIOR or (title == Title.ASSOCIATE and standard.associate_is_senior)
    return FeeGrade.SENIOR if senior else FeeGrade.OTHER


def day_rate(standard: FeeStandard, grade: str) -> Decimal:
    """Yuan for a full day."""
    if grade == FeeGrade.OTHER:
        return standard.other_day
    share = standard.national_share if grade == FeeGrade.NATIONAL else HUNDRED
    return (standard.senior_day * share / HUNDRED).quantize(CENT, ROUND_HALF_UP)


def amount(standard: FeeStandard, grade: str, *, tasks: int, days: int = 0, half_days: int = 0) -> Decimal:
    """Yuan for tasks by correspondence, full days (the later ones at their share) and half days."""
    later = max(0, days - standard.full_days)
    parts = (
        tasks * standard.task_share
        + (days - later) * HUNDRED
        + later * standard.later_share
        + half_days * standard.half_day_share
    )
    return (day_rate(standard, grade) * parts / HUNDRED).quantize(CENT, ROUND_HALF_UP)
