"""The dates of a person: what the inbox says is due, and what the rooms register beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from workflows.inbox import Inbox

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST = 500


@dataclass(frozen=True)
class Dated:
    """One date of a person: an instant, or a day for what is due on a day; what it is, why, and where it is done."""

    at: dt.datetime | dt.date
    title: str
    why: str | _StrPromise
    url: str

    @property
    def day(self) -> dt.date:
        """The day here on which it is."""
        return timezone.localdate(self.at) if isinstance(self.at, dt.datetime) else self.at

    @property
    def timed(self) -> bool:
        """Whether it has an hour."""
        return isinstance(self.at, dt.datetime)

    @property
    def order(self) -> tuple[dt.date, bool, str]:
        """Where it stands among others: by day, what has an hour first."""
        return self.day, not self.timed, f"{self.at:%H%M}" if isinstance(self.at, dt.datetime) else self.title


Source = Callable[[Any], Iterable[Dated]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add dates that do not wait for anybody yet: `source(user)` gives those of the user, in a query or none."""
    SOURCES.append(source)


def dates_of(user: Any) -> list[Dated]:
    """All dates of the user, the nearest first, each thing once; at most 500 that wait."""
    due = [_dated(one.due, one.title, one.why, one.url) for one in Inbox(user)[0:MOST] if one.due is not None]
    told = {(one.url, one.day) for one in due}
    more = [_dated(*vars(one).values()) for source in SOURCES for one in source(user)]
    return sorted([*due, *(one for one in more if (one.url, one.day) not in told)], key=lambda one: one.order)


def _dated(at: dt.datetime | dt.date, *rest: Any) -> Dated:
    """A date whose instant at midnight is the end of the day before."""
    here = timezone.localtime(at) if isinstance(at, dt.datetime) else None
    if here is not None and here.time() == dt.time.min:
        return Dated(here.date() - dt.timedelta(days=1), *rest)
    return Dated(at, *rest)
