"""Working days by the calendar: weekdays less holidays plus make-up days."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from directory.enums import DayKind
from directory.models import CalendarDay

SATURDAY = 5


def exceptions(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """The kinds of the exceptional days between two dates, both included: one query."""
    rows = CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "kind")
    return dict(rows)


def is_working_day(day: dt.date, known: dict[dt.date, str] | None = None) -> bool:
    """Whether offices work on `day`; `known` spares the query when the caller has read the exceptions."""
    kinds = exceptions(day, day) if known is None else known
    kind = kinds.get(day)
    return day.weekday() < SATURDAY if kind is None else kind == DayKind.MAKE_UP


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The `count`-th working day after `day` (which itself does not count). One query per 60 days."""
    current, left = day, count
    while left > 0:
        horizon = current + dt.timedelta(days=60)
        known = exceptions(current, horizon)
        while left > 0 and current < horizon:
            current += dt.timedelta(days=1)
            left -= is_working_day(current, known)
    return current


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days lie after `first` up to and including `last`."""
    known = exceptions(first, last)
    span = (last - first).days
    return sum(is_working_day(first + dt.timedelta(days=n), known) for n in range(1, span + 1))


def end_of_working_day(start: dt.datetime, count: int) -> dt.datetime:
    """The instant at which a clock of `count` working days started at `start` runs out: midnight after that day."""
    day = add_working_days(timezone.localtime(start).date(), count)
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))
