"""The demo's history lies in the past: actions run as of the instant at which they would have happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.utils import timezone

_real_now = timezone.now


@contextmanager
def as_of(instant: dt.datetime) -> Iterator[None]:
    """Let `timezone.now()` say `instant` and run on from it. For building the demo only, in one thread."""
    _let_defaults_follow()
    before, start = timezone.now, _real_now()
    timezone.now = lambda: instant + (_real_now() - start)
    try:
        yield
    finally:
        timezone.now = before


@cache
def _let_defaults_follow() -> None:
    """Fields that default to the present instant hold the function itself: let them ask for it anew each time."""
    for model in apps.get_models():
        for one in model._meta.concrete_fields:
            if one.default is _real_now:
                one.default = _present
                one.__dict__.pop("_get_default", None)


def _present() -> dt.datetime:
    return timezone.now()


def days(count: float) -> dt.datetime:
    """The instant `count` days from now, negative for the past; broken days are hours."""
    return _real_now() + dt.timedelta(days=count)


def evening(count: int) -> dt.datetime:
    """17:30 on the day `count` days from now: when deadlines are."""
    moment = timezone.localtime(_real_now() + dt.timedelta(days=count))
    return moment.replace(hour=17, minute=30, second=0, microsecond=0)
