"""Reference data as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from directory.enums import RegionLevel
from directory.models import CalendarDay, CalendarYear, FocusArea, Region


@dataclass(frozen=True)
class Year:
    """A published year of the working calendar, the notice it follows, how many days differ from their weekday."""

    year: int
    document: str
    days: int


def leagues() -> QuerySet[Region]:
    """Leagues and cities, each with the number of its banners and of the organisations that sit there."""
    return Region.objects.filter(level=RegionLevel.LEAGUE).annotate(
        banners=Count("children", distinct=True), seated=Count("organisations", distinct=True)
    )


def focus_areas() -> QuerySet[FocusArea]:
    """The areas of the first level with their parts: two queries."""
    return FocusArea.objects.filter(parent=None).prefetch_related("children")


def calendar_years() -> list[Year]:
    """The published years, newest first: two queries."""
    rows = CalendarDay.objects.annotate(year=ExtractYear("day")).values_list("year").annotate(Count("pk"))
    days = dict(rows.order_by())
    return [Year(one.year, one.document, days.get(one.year, 0)) for one in CalendarYear.objects.order_by("-year")]
