"""Changing the working calendar."""

from __future__ import annotations

import datetime as dt

from directory.models import CalendarDay, CalendarYear
from directory.rules import is_system_admin
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason


def set_day(*, day: dt.date, kind: str, by: Actor, name: str = "") -> CalendarDay | None:
    """Make `day` a holiday or a make-up working day; an empty kind leaves it to its weekday (returns None)."""
    if not (by.is_system or is_system_admin(None, by)):
        raise NotAllowed(Reason("not_allowed", "calendar"))
    with unit():
        CalendarDay.objects.filter(day=day).delete()
        known, _fresh = CalendarYear.objects.get_or_create(year=day.year)
        made = CalendarDay.objects.create(day=day, kind=kind, name=name) if kind else None
        journal.append(
            action="directory.calendar.set", subject=known, by=by, data={"day": day.isoformat(), "kind": kind}
        )
    return made


def load_years(*, years: dict[int, list[CalendarDay]], document: str = "") -> int:
    """Load whole years that are not there yet, from published lists; how many were loaded."""
    loaded = 0
    with unit():
        for year, days in years.items():
            known, fresh = CalendarYear.objects.get_or_create(year=year, defaults={"document": document})
            if fresh:
                CalendarDay.objects.bulk_create(days)
                journal.append(action="directory.calendar.load", subject=known, by=SYSTEM, data={"days": len(days)})
                loaded += 1
    return loaded
