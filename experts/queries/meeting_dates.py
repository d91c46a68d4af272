"""Panel meetings in the inbox and among the dates of their members, their chair, and the officers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.queries.standing import holds, standing
from experts.enums import MeetingState
from experts.models import Meeting
from workflows.calendar import Dated
from workflows.inbox import Row, Source, Waiting

AHEAD = (MeetingState.PLANNED, MeetingState.OPEN)


def _own(user: Any) -> QuerySet[Any]:
    return Meeting.objects.attended_by(user).filter(state__in=AHEAD)  # type: ignore[no-any-return]


def _attend(row: Row) -> Waiting:
    why = _("You are a member of this panel.")
    if row.about == MeetingState.OPEN:
        why = _("The panel meets now.")
    return Waiting(row.title, why, reverse("meeting", args=[row.uid]), row.due, _("panel meeting"))


def _unconfirmed_own(user: Any) -> QuerySet[Any]:
    person = standing(user).person_id
    chaired = {"members__expert__person": person, "members__is_chair": True}
    return Meeting.objects.filter(state=MeetingState.CLOSED, **chaired)


def _confirm(row: Row) -> Waiting:
    why = _("You chaired this meeting; read its minutes and confirm them.")
    return Waiting(row.title, why, reverse("meeting_minutes", args=[row.uid]), None, _("minutes"), "warn")


def _unconfirmed(_user: Any) -> QuerySet[Any]:
    return Meeting.objects.filter(state=MeetingState.CLOSED)


def _remind(row: Row) -> Waiting:
    why = _("Its minutes wait for the chair to confirm them.")
    return Waiting(row.title, why, reverse("meeting_minutes", args=[row.uid]), None, _("minutes"))


def _running(_user: Any) -> QuerySet[Any]:
    return Meeting.objects.filter(state=MeetingState.OPEN)


def _lead(row: Row) -> Waiting:
    why = _("The panel meets now.")
    return Waiting(row.title, why, reverse("meeting", args=[row.uid]), row.due, _("panel meeting"))


def meeting_dates(user: Any) -> Iterator[Dated]:
    """The meetings ahead, for officers; members have them in the inbox. One query, none for others."""
    if not standing(user).has(Role.PROGRAMME_OFFICER):
        return
    for one in Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gte=timezone.now()):
        yield Dated(one.starts_at, one.title, _("panel meeting"), one.get_absolute_url())


EXPERT, OFFICER = holds(Role.EXPERT), holds(Role.PROGRAMME_OFFICER)
SOURCES = (
    Source("experts.meetings", EXPERT, _own, _attend, about="state", due="starts_at"),
    Source("experts.minutes", EXPERT, _unconfirmed_own, _confirm),
    Source("experts.meetings_open", OFFICER, _running, _lead, due="starts_at"),
    Source("experts.minutes_waiting", OFFICER, _unconfirmed, _remind),
)
