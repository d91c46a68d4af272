"""What the checks look at: one small value, filled from the database once and read by every reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

if TYPE_CHECKING:
    from directory.models import Organisation, Person
    from projects.models import Call, Proposal


@dataclass(frozen=True)
class Hold:
    """One running project or filed proposal that counts against a person's limits."""

    kind: str
    number: str
    uid: str
    proposal_id: int
    leading: bool
    ends_on: dt.date | None = None


Holds = Mapping[int, tuple[Hold, ...]]


@dataclass(frozen=True)
class Member:
    """A member of the team who counts: their person where known, the name shown, whether they are a key member."""

    person_id: int | None
    name: str
    key: bool


@dataclass(frozen=True)
class Context:
    """A call, somebody who applies, and what they bring. Without a proposal: before anything was written.

    holds -- what each person has on hand, this proposal left out.
    late -- projects of the organisation, or led by the person, whose acceptance is overdue.
    """

    call: Call
    person: Person
    organisation: Organisation | None
    proposal: Proposal | None = None
    team: tuple[Member, ...] = ()
    holds: Holds = None  # type: ignore[assignment]  # set by every maker; a default keeps the order of fields
    late: tuple[Hold, ...] = ()

    def day(self, on: str) -> dt.date:
        """The date a value is taken at: the rule's, else the day of the filing deadline in the call's zone."""
        if on:
            return dt.date.fromisoformat(on)
        deadline = self.call.filing_deadline
        return timezone.localtime(deadline, ZoneInfo(self.call.zone)).date() if deadline else timezone.localdate()

    def held_by(self, person_id: int, on: str = "") -> list[Hold]:
        """What the person has on hand besides this; with a date, without projects that end before it."""
        cut = dt.date.fromisoformat(on) if on else None
        return [
            hold
            for hold in (self.holds or {}).get(person_id, ())
            if cut is None or hold.ends_on is None or hold.ends_on >= cut
        ]
