"""Kinds of deadlines: what happens before and at the instant. The rooms register theirs.

A clock with consequences of its own is a `DeadlineKind`. Where the instant stands in the records themselves
(a call's filing deadline), a `Reminder` reads it there: moved deadlines are reminded of anew by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from workflows.models import Deadline

Hook = Callable[[Deadline], object]


@dataclass(frozen=True)
class DeadlineKind:
    """What a running deadline does. Both hooks run inside a unit of work, as the system, exactly once.

    on_warn -- at `warn_at`; on_expire -- at `due_at`. A hook that raises undoes only itself and is tried again.
    """

    code: str
    on_warn: Hook | None = None
    on_expire: Hook | None = None


KINDS: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    """Register a kind once; a second one under its code is a fault of the program."""
    if kind.code in KINDS:
        raise ValueError(f"the kind of deadline {kind.code} is registered twice")
    KINDS[kind.code] = kind


@dataclass(frozen=True)
class Upcoming:
    """Something due at the instant `at`; `name` identifies it among those of its reminder."""

    name: str
    at: dt.datetime
    thing: Any


@dataclass(frozen=True)
class Reminder:
    """What people are reminded of, as many days before as `settings.REMIND_DAYS[code]` says, once for each.

    upcoming -- (first, last) -> what is due after `first`, up to `last`
    remind -- (upcoming, key): tells those who must act, with `key` as the key of the message. It runs inside a
    unit of work and may be called again with the same key: telling is what makes it once.
    """

    code: str
    upcoming: Callable[[dt.datetime, dt.datetime], Iterable[Upcoming]]
    remind: Callable[[Upcoming, str], object]


REMINDERS: dict[str, Reminder] = {}


def register_reminder(reminder: Reminder) -> None:
    """Register a reminder once; a second one under its code is a fault of the program."""
    if reminder.code in REMINDERS:
        raise ValueError(f"the reminder {reminder.code} is registered twice")
    REMINDERS[reminder.code] = reminder
