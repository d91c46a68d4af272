"""The outline of a proposal being written: its sections with their state, who is here, how long is left."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import F
from django.utils import timezone

from projects.answers import is_empty
from projects.definitions.form import FieldKind, Section
from projects.models import Presence, Proposal
from projects.models.proposal import PRESENT_FOR
from projects.queries.content import Content
from projects.queries.limits import filing_limit
from projects.queries.problems import Problem, by_section

SOON = dt.timedelta(days=3)


@dataclass(frozen=True)
class Part:
    """One section in the task list: not started, with problems that block, or ready (perhaps with warnings)."""

    section: Section
    state: Literal["untouched", "problems", "ready"]
    blocking: int = 0
    warnings: int = 0


def outline(found: Content, problems: list[Problem]) -> list[Part]:
    """The sections in order with their state."""
    sections = by_section(problems)
    return [_part(found, section, sections.get(section.id, [])) for section in found.form.sections]


def _part(found: Content, section: Section, problems: list[Problem]) -> Part:
    blocking = sum(one.blocking for one in problems)
    if not _touched(found, section) and blocking:
        return Part(section, "untouched", blocking)
    return Part(section, "problems" if blocking else "ready", blocking, len(problems) - blocking)


def _touched(found: Content, section: Section) -> bool:
    kinds = {field.kind for field in section.fields}
    more_people = FieldKind.TEAM in kinds and len(found.participants) > 1
    files = any(field.id in found.files for field in section.fields)
    answered = any(not is_empty(found.answer(section, field)) for field in section.fields)
    return more_people or files or answered


@dataclass(frozen=True)
class Clock:
    """The filing deadline as it stands now, by the server's time."""

    limit: dt.datetime | None
    now: dt.datetime

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return self.limit is not None and self.now >= self.limit

    @property
    def soon(self) -> bool:
        """Whether less than three days are left."""
        return self.limit is not None and self.limit - self.now < SOON

    @property
    def left(self) -> tuple[int, int, int]:
        """Days, hours and minutes left; zeros when it is over."""
        rest = max(self.limit - self.now, dt.timedelta()) if self.limit else dt.timedelta()
        return rest.days, rest.seconds // 3600, rest.seconds % 3600 // 60


def clock(proposal: Proposal) -> Clock:
    """The clock of a proposal."""
    return Clock(filing_limit(proposal), timezone.now())


@dataclass(frozen=True)
class Present:
    """Somebody else who has the proposal open."""

    name: str
    section: str


def others_present(proposal: Proposal, user: Any, titles: dict[str, str]) -> list[Present]:
    """Who else is here now, and in which section: one query."""
    rows = (
        Presence.objects.filter(proposal=proposal, seen_at__gte=timezone.now() - PRESENT_FOR)
        .exclude(user=user)
        .annotate(name=F("user__person__name"))
        .order_by("name")
    )
    return [Present(str(row.name or row.user_id), titles.get(row.section, "")) for row in rows]
