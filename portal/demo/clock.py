"""The demo's history lies in the past: actions run as of the instant at which they would have happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def as_of(instant: dt.datetime) -> Iterator[None]:
    """Let `timezone.now()` say `instant` and run on from it. For building the demo only, in one thread."""
    real = timezone.now
    start = real()
    timezone.now = lambda: instant + (real() - start)
    try:
        yield
    finally:
        timezone.now = real


def days(count: float, *, at: dt.datetime | None = None) -> dt.datetime:
    """The instant `count` days from now (negative: ago), at 10:00 of that day unless the count is broken."""
    base = at or timezone.now()
    moment = base + dt.timedelta(days=count)
    return timezone.localtime(moment).replace(hour=10, minute=0, second=0, microsecond=0)


def evening(count: int) -> dt.datetime:
    """17:30 on the day `count` days from now: when deadlines are."""
    moment = timezone.localtime(timezone.now() + dt.timedelta(days=count))
    return moment.replace(hour=17, minute=30, second=0, microsecond=0)
