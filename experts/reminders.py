"""Reminders of this room: seats whose scores are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from experts import notices
from experts.enums import OPEN_ASSIGNMENTS, RUNNING_ROUNDS, AssignmentState
from experts.models import Assignment
from workflows.deadlines import Reminder, Upcoming, register_reminder


def register() -> None:
    """Called once when the room is ready."""
    register_reminder(Reminder("invitation", waiting, lambda one, key: notices.answer_soon(one.thing, key)))
    register_reminder(Reminder("review", unscored, lambda one, key: notices.due_soon(one.thing, key)))


def waiting(first: dt.datetime, last: dt.datetime) -> Iterator[Upcoming]:
    """Invitations that run out between the instants."""
    rows = Assignment.objects.filter(
        state=AssignmentState.INVITED,
        round__state__in=RUNNING_ROUNDS,
        answer_by__gt=first,
        answer_by__lte=last,
    )
    for seat in rows.select_related("round", "dossier", "expert"):
        if seat.answer_by is not None:
            yield Upcoming(str(seat.pk), seat.answer_by, seat)


def unscored(first: dt.datetime, last: dt.datetime) -> Iterator[Upcoming]:
    """Seats that experts know of and have not submitted, their scores due between the instants."""
    rows = Assignment.objects.filter(
        state__in=OPEN_ASSIGNMENTS,
        invited_at__isnull=False,
        round__state__in=RUNNING_ROUNDS,
        round__score_deadline__gt=first,
        round__score_deadline__lte=last,
    )
    for seat in rows.select_related("round", "dossier", "expert"):
        if seat.round.score_deadline is not None:
            yield Upcoming(str(seat.pk), seat.round.score_deadline, seat)
