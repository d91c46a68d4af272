"""The demo's history lies in the past: actions run as of the instant at which they would have happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

_real_now = timezone.now


@contextmanager
def as_of(instant: dt.datetime) -> Iterator[None]:
    """Let `timezone.now()` say `instant` and run on from it. For building the demo only, in one thread."""
    before, start = timezone.now, _real_now()
    timezone.now = lambda: instant + (_real_now() - start)
    try:
        yield
    finally:
        timezone.now = before


def days(count: float) -> dt.datetime:
    """The instant `count` days from now, negative for the past; broken days are hours."""
    return _real_now() + dt.timedelta(days=count)


def evening(count: int) -> dt.datetime:
    """17:30 on the day `count` days from now: when deadlines are."""
    moment = timezone.localtime(_real_now() + dt.timedelta(days=count))
    return moment.replace(hour=17, minute=30, second=0, microsecond=0)
