"""The inbox: who must act next, derived from state and rules by sources that the rooms register.

All sources are read in one query, a union of their rows, whatever their number: each says which expressions of its
rows make the columns of `Row`, and how a row is shown.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import CharField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

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
class Row:
    """What the inbox reads of one thing; `key` finds its page, `about` and `number` say more of it."""

    title: str
    key: str
    about: str
    number: int
    due: dt.datetime | None

    @property
    def uid(self) -> uuid.UUID:
        """The key of a source whose things are found by `uid`."""
        return uuid.UUID(self.key)


Column = str | Combinable
NOTHING, NONE = Value(""), Value(0)
UNDATED = Cast(Value(None), DateTimeField())


@dataclass(frozen=True)
class Source:
    """One kind of thing that waits.

    `relevant(user)` says without a query whether the user's roles can have anything here; `rows(user)` is the query
    of all of it; the columns are names or expressions over these rows; `show` makes an entry of what was read.
    """

    code: str
    relevant: Callable[[Any], bool]
    rows: Callable[[Any], QuerySet[Any]]
    show: Callable[[Row], Waiting]
    title: Column = "title"
    key: Column = "uid"
    about: Column = NOTHING
    number: Column = NONE
    due: Column = UNDATED


class Inbox:
    """Everything that waits for `user`, as a paginator takes it: one query counts it, one reads a page."""

    def __init__(self, user: Any) -> None:
        self.user = user

    def count(self) -> int:
        """How many things wait."""
        things = _things(self.user)
        return things.count() if things is not None else 0

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, span: slice) -> list[Waiting]:
        things = _things(self.user)
        return [_shown(*row) for row in things[span]] if things is not None else []


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Register a source once; a second one under its code is a fault of the program."""
    if source.code in SOURCES:
        raise ValueError(f"inbox source {source.code} is registered twice")
    SOURCES[source.code] = source


def waiting_for(user: Any, *, limit: int = 50) -> list[Waiting]:
    """What waits for `user`: dated first, by date, then the rest in the order of the sources; one query."""
    return Inbox(user)[:limit]


def _things(user: Any) -> QuerySet[Any, Any] | None:
    parts = [_columns(source, user) for source in SOURCES.values() if source.relevant(user)]
    if not parts:
        return None
    things = parts[0].union(*parts[1:], all=True)
    return things.order_by(F("inbox_due").asc(nulls_last=True), "inbox_place", "inbox_key")


def _columns(source: Source, user: Any) -> QuerySet[Any, Any]:
    text = CharField()
    columns = {
        "inbox_place": Value(list(SOURCES).index(source.code), output_field=IntegerField()),
        "inbox_title": Cast(source.title, text),
        "inbox_key": Cast(source.key, text),
        "inbox_about": Cast(source.about, text),
        "inbox_number": Cast(source.number, IntegerField()),
        "inbox_due": F(source.due) if isinstance(source.due, str) else source.due,
    }
    found: QuerySet[Any, Any] = source.rows(user).order_by().annotate(**columns).values_list(*columns)
    return found


def _shown(place: int, *columns: Any) -> Waiting:
    return list(SOURCES.values())[place].show(Row(*columns))
