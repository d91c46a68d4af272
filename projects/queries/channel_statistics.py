"""How fast the green channel is, for everybody to read: by route and by organisation, in working days."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import TruncDate

from directory.queries.calendar import exceptions, is_working_day
from projects.enums import AdjustmentRoute, AdjustmentState
from projects.models import Adjustment

Row = dict[str, Any]
DECIDED = (AdjustmentState.RECORDED, AdjustmentState.APPLIED, AdjustmentState.REJECTED)


@dataclass(frozen=True)
class Speed:
    """The changes of one route or one organisation: how many working days each took, and how often.

    A change recorded at once, or decided on the day it was asked for, took 0 days.
    """

    name: str
    days: Counter[int]
    at_once: int

    @property
    def count(self) -> int:
        """How many were decided."""
        return self.days.total()

    @property
    def share(self) -> float:
        """The share recorded at once, 0 to 100; 0 where there is none."""
        return 100 * self.at_once / self.count if self.count else 0.0

    @property
    def median(self) -> int:
        """The working days within which half of them were decided."""
        return self._within(50)

    @property
    def slow(self) -> int:
        """The working days within which 95 of 100 were decided."""
        return self._within(95)

    def _within(self, percent: int) -> int:
        """The nearest-rank percentile: the least number of days within which `percent` of 100 were decided."""
        taken = sorted(self.days)
        upto = list(accumulate(self.days[day] for day in taken))
        return taken[bisect_left(upto, self.count * percent / 100)] if taken else 0


@dataclass(frozen=True)
class Statistics:
    """All changes, then by route (the most lenient first), then by organisation (the most changes first)."""

    whole: Speed
    routes: tuple[Speed, ...]
    organisations: tuple[Speed, ...]


def channel_statistics(year: int | None = None) -> Statistics:
    """The speed of all changes asked for, or of those of one year: two queries, whatever their number."""
    rows = list(_rows(year))
    by_route, by_organisation = _groups(rows, "route"), _groups(rows, "organisation")
    routes = [_speed(str(one.label), by_route[one]) for one in AdjustmentRoute if one in by_route]
    organisations = [_speed(name, group) for name, group in by_organisation.items()]
    return Statistics(
        _speed("", rows), tuple(routes), tuple(sorted(organisations, key=lambda one: (-one.count, one.name)))
    )


def years() -> list[int]:
    """The years in which changes were asked for, the last first: one query."""
    return sorted({day.year for day in Adjustment.objects.dates("asked_at", "year")}, reverse=True)


def _rows(year: int | None) -> Iterator[Row]:
    """One row for each route, organisation and pair of days, with how many working days lie between."""
    found = Adjustment.objects.filter(state__in=DECIDED, decided_at__isnull=False)
    if year is not None:
        found = found.filter(asked_at__year=year)
    asked, decided = TruncDate("asked_at"), TruncDate("decided_at")
    groups = list(
        found.order_by()
        .values("route", organisation=F("project__organisation__name"), asked=asked, decided=decided)
        .annotate(number=Count("pk"))
    )
    between = _WorkingDays(row[end] for row in groups for end in ("asked", "decided"))
    for row in groups:
        yield {**row, "days": between(row["asked"], row["decided"])}


def _groups(rows: Iterable[Row], by: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[by], []).append(row)
    return found


def _speed(name: str, rows: Iterable[Row]) -> Speed:
    days: Counter[int] = Counter()
    at_once = 0
    for row in rows:
        days[row["days"]] += row["number"]
        at_once += row["number"] if row["route"] == AdjustmentRoute.RECORDED else 0
    return Speed(name, days, at_once)


class _WorkingDays:
    """Working days between two dates of a span that is read once: sums from its first day on."""

    def __init__(self, days: Iterable[dt.date]) -> None:
        known = sorted(days)
        self.first = known[0] if known else dt.date(2000, 1, 1)
        last = known[-1] if known else self.first
        marked = exceptions(self.first, last)
        span = (self.first + dt.timedelta(days=n) for n in range((last - self.first).days + 1))
        self.upto = list(accumulate(is_working_day(day, marked) for day in span))

    def __call__(self, asked: dt.date, decided: dt.date) -> int:
        """How many working days lie after `asked` up to and including `decided`."""
        return self.upto[(decided - self.first).days] - self.upto[(asked - self.first).days]
