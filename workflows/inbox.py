"""The inbox: who must act next, derived from state and rules by sources that the rooms register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody.

    title, why -- what it is and why it waits for this person; url -- where it is done;
    due -- by when, or None; badge and tone -- its kind, as a badge.
    """

    title: str
    why: str
    url: str
    due: dt.datetime | None
    badge: str | _StrPromise
    tone: Literal["", "go", "ok", "warn", "no"] = "go"


@dataclass(frozen=True)
class Source:
    """One source: `of(user, limit)` gives the first `limit` things by date, `count(user)` all of them.

    `relevant(user)` says without a query whether the user's roles can have anything here.
    """

    code: str
    relevant: Callable[[Any], bool]
    of: Callable[[Any, int], Iterable[Waiting]]
    count: Callable[[Any], int]


READ_AT_ONCE = 300


class Inbox:
    """Everything that waits for `user`, as a paginator takes it.

    The first READ_AT_ONCE things are read with one query per relevant source; only a longer inbox is counted.
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        self.nearest = waiting_for(user, limit=READ_AT_ONCE)

    def count(self) -> int:
        """How many things wait."""
        if len(self.nearest) < READ_AT_ONCE:
            return len(self.nearest)
        return sum(source.count(self.user) for source in SOURCES.values() if source.relevant(self.user))

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, span: slice) -> list[Waiting]:
        return self.nearest[span] if span.stop <= READ_AT_ONCE else waiting_for(self.user, limit=span.stop)[span]


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Register a source once; a second one under its code is a fault of the program."""
    if source.code in SOURCES:
        raise ValueError(f"inbox source {source.code} is registered twice")
    SOURCES[source.code] = source


def waiting_for(user: Any, *, limit: int = 50) -> list[Waiting]:
    """What waits for `user`: dated first, by date, then the rest; one query per relevant source."""
    found = [item for source in SOURCES.values() if source.relevant(user) for item in source.of(user, limit)]
    return sorted(found, key=lambda item: (item.due is None, item.due))[:limit]
