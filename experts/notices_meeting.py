"""What members of a panel are told of its meeting, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from directory.models import User
from workflows.actions.messages import tell

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from experts.models import Meeting, MeetingMember


def asked(member: MeetingMember) -> None:
    """An expert is a member of the panel now."""
    meeting = member.meeting
    title = format_lazy(_("You are a member of a panel meeting: {title}"), title=meeting.title)
    users = User.objects.filter(person=member.expert.person_id, is_active=True)
    _tell(meeting, users, "asked", title, _when(meeting))


def moved(meeting: Meeting) -> None:
    """The meeting is at another time or place."""
    title = format_lazy(_("The panel meeting is at another time or place: {title}"), title=meeting.title)
    _tell(meeting, _members(meeting), f"moved:{meeting.tick}", title, _when(meeting))


def called_off(meeting: Meeting, note: str) -> None:
    """The meeting does not take place."""
    title = format_lazy(_("The panel meeting is called off: {title}"), title=meeting.title)
    _tell(meeting, _members(meeting), "called_off", title, note)


def to_confirm(meeting: Meeting) -> None:
    """The chair is asked to read and confirm the minutes."""
    title = format_lazy(_("Please confirm the minutes: {title}"), title=meeting.title)
    body = _("Read them; what you confirm never changes again.")
    chair = _members(meeting).filter(person__expert__meetings__is_chair=True, person__expert__meetings__meeting=meeting)
    _tell(meeting, chair, f"to_confirm:{meeting.version}", title, body)


def confirmed(meeting: Meeting) -> None:
    """The officer who planned the meeting learns that its minutes are confirmed."""
    title = format_lazy(_("The minutes are confirmed: {title}"), title=meeting.title)
    users = User.objects.filter(pk=meeting.organised_by_id)
    _tell(meeting, users, "confirmed", title, _("The funding list of the call takes the decisions over."))


def _members(meeting: Meeting) -> QuerySet[User]:
    people = meeting.members.values("expert__person")
    return User.objects.filter(person__in=people, is_active=True)


def _when(meeting: Meeting) -> _StrPromise:
    at = f"{timezone.localtime(meeting.starts_at):%Y-%m-%d %H:%M}"
    return format_lazy(_("It begins on {at}. Place: {place}"), at=at, place=meeting.place or meeting.link or "–")


def _tell(
    meeting: Meeting, users: QuerySet[User], event: str, title: str | _StrPromise, body: str | _StrPromise
) -> None:
    tell(to_users=users, key=f"meeting:{meeting.pk}:{event}", title=title, body=body, url=meeting.get_absolute_url())
