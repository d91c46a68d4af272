"""The home page of the workbench: what waits for me, with dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.queries.calendar import working_days_between
from directory.queries.standing import standing
from portal.navigation import note_waiting
from workflows.inbox import waiting_for
from workflows.models import Message
from workflows.panels import panels_for
from workflows.policies import SIGNED_IN, guarded

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 12
NOON = 12
EVENING = 18
SUNDAY = 6
# What one with nothing to do may do next, by role; the first role held speaks.
NEXT_STEPS: tuple[tuple[tuple[Role, ...], str | _StrPromise], ...] = (
    (
        (Role.PROGRAMME_OFFICER, Role.DECISION_MAKER),
        _("Proposals, approvals and rounds appear here as soon as they need you."),
    ),
    ((Role.RECOMMENDING_OFFICER,), _("Proposals that organisations endorsed appear here for your recommendation.")),
    ((Role.ORGANISATION_ADMIN,), _("Proposals of your people and requests to join appear here for your decision.")),
    ((Role.EXPERT,), _("Invitations to review appear here. Keep your fields of work up to date meanwhile.")),
    ((Role.AUDITOR,), _("You read everything that is recorded; start from the list at the left.")),
)
FOR_EVERYBODY = _("Look at the open calls: each says at once whether you can apply.")


@guarded(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Greeting, what waits, unread messages, and the panels of the rooms."""
    now = timezone.localtime()
    waiting = waiting_for(request.user, limit=SHOWN + 1)
    shown = len(waiting[:SHOWN])
    note_waiting(request, f"{shown}+" if len(waiting) > SHOWN else str(shown or ""))
    context: dict[str, Any] = {
        "now": now,
        "greeting": _greeting(now.hour),
        "working_days": _working_days_left(now.date()),
        "waiting": waiting[:SHOWN],
        "more": len(waiting) > SHOWN,
        "unread": list(Message.objects.filter(to_id=request.user.pk, read_at=None)[:SHOWN]),
        "panels": panels_for(request.user),
        "next_step": _next_step(request.user),
    }
    return render(request, "portal/home.html", context)


def _greeting(hour: int) -> str | _StrPromise:
    if hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if hour < EVENING else _("Good evening")


def _working_days_left(today: dt.date) -> int:
    """The working days from today to Sunday, today included."""
    return working_days_between(today - dt.timedelta(days=1), today + dt.timedelta(days=SUNDAY - today.weekday()))


def _next_step(user: Any) -> str | _StrPromise:
    held = standing(user)
    return next((text for roles, text in NEXT_STEPS if held.has(*roles)), FOR_EVERYBODY)
