"""What the public page of a call says, computed from the call."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cms.enums import CallPhase
from cms.models import CallPage
from cms.queries.paths import path_of
from projects.callform import checklist
from projects.callrules import sentences
from projects.enums import CallState, ExtensionState
from projects.models import Call
from projects.queries.call_documents import documents_to_read
from projects.querysets import PUBLIC_CALL_STATES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TONES = {CallPhase.PLANNED: "", CallPhase.OPEN: "go", CallPhase.CLOSED: "no", CallPhase.ARCHIVED: ""}
MINUTE, HOUR, DAY = 60, 3600, 86400


def phase_of(call: Call, at: dt.datetime) -> CallPhase:
    """What a reader can do with the call at `at`."""
    if call.imported_key:
        return CallPhase.ARCHIVED
    if call.is_open(at):
        return CallPhase.OPEN
    if call.state == CallState.PUBLISHED and call.opens_at is not None and at < call.opens_at:
        return CallPhase.PLANNED
    return CallPhase.CLOSED


@dataclass(frozen=True)
class Countdown:
    """The time left until `deadline` as the server sees it, both ends in milliseconds for the page's clock."""

    deadline: dt.datetime
    now: dt.datetime

    @property
    def words(self) -> str:
        """The two largest units: 9 days 6 hours; the last minute counts as one."""
        left = max(0, int((self.deadline - self.now).total_seconds()))
        if left >= DAY:
            return _("%(days)d d %(hours)d h") % {"days": left // DAY, "hours": left % DAY // HOUR}
        if left >= HOUR:
            return _("%(hours)d h %(minutes)d min") % {"hours": left // HOUR, "minutes": left % HOUR // MINUTE}
        return _("%(minutes)d min") % {"minutes": -(-left // MINUTE)}

    @property
    def deadline_ms(self) -> int:
        """The deadline as the page's script reads it."""
        return int(self.deadline.timestamp() * 1000)

    @property
    def now_ms(self) -> int:
        """The server's present as the page's script reads it."""
        return int(self.now.timestamp() * 1000)


@dataclass(frozen=True)
class CallLine:
    """One call in a list: the path of its page, where it stands, the days left while it is open."""

    call: Call
    path: str
    phase: CallPhase
    days_left: int

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        return TONES[self.phase]


def lines(pages: Any, at: dt.datetime | None = None) -> list[CallLine]:
    """Pages of calls as lists show them; the pages come with their calls."""
    at = at or timezone.now()
    return [line_of(page.call, path_of(page), at) for page in pages]


def line_of(call: Call, path: str, at: dt.datetime) -> CallLine:
    """One call as lists show it, with the path of its page."""
    return CallLine(call, path, phase_of(call, at), _days_left(call, at))


def _days_left(call: Call, at: dt.datetime) -> int:
    return max(0, (call.filing_deadline - at).days) if call.filing_deadline else 0


def public_call_pages() -> Any:
    """The live pages of public calls with their calls."""
    pages = CallPage.objects.live().filter(call__state__in=PUBLIC_CALL_STATES)
    return pages.select_related("call").order_by(F("call__published_at").desc(nulls_last=True), "-pk")


def open_call_pages(at: dt.datetime | None = None) -> Any:
    """The calls that can be answered now, the nearest deadline first."""
    at = at or timezone.now()
    started = Q(call__opens_at=None) | Q(call__opens_at__lte=at)
    return (
        public_call_pages()
        .filter(started, call__state=CallState.PUBLISHED, call__filing_deadline__gt=at)
        .order_by("call__filing_deadline", "pk")
    )


def call_context(call: Call, at: dt.datetime | None = None) -> dict[str, Any]:
    """Everything that the page of one call shows."""
    at = at or timezone.now()
    phase = phase_of(call, at)
    return {
        "call": call,
        "phase": phase,
        "tone": TONES[phase],
        "is_open": phase == CallPhase.OPEN,
        "is_planned": phase == CallPhase.PLANNED,
        "countdown": Countdown(call.filing_deadline, at) if phase == CallPhase.OPEN and call.filing_deadline else None,
        "directions": list(call.directions.select_related("focus_area")),
        "contacts": list(call.contacts.all()),
        "focus_areas": list(call.focus_areas.select_related("page")),
        "documents": documents_to_read(call),
        "rules": sentences(call),
        "checklist": checklist(call),
        "schedule": _schedule(call, at),
        "extensions": list(call.extensions.filter(state=ExtensionState.APPROVED).order_by("pk")),
        "start_url": f"/bench/calls/{call.code}/start/",
    }


def _schedule(call: Call, at: dt.datetime) -> list[tuple[str | _StrPromise, dt.datetime, bool]]:
    """The dates of the call in order: label, instant, whether it is over."""
    rows: list[tuple[str | _StrPromise, dt.datetime | None]] = [
        (pgettext_lazy("schedule of a call", "Opens"), call.opens_at),
        (pgettext_lazy("schedule of a call", "Filing ends"), call.filing_deadline),
        (pgettext_lazy("schedule of a call", "Recommendation ends"), call.recommendation_deadline),
    ]
    return [(label, when, when <= at) for label, when in rows if when is not None]
