"""Explained conditions of panel meetings: (meeting) -> None or Reason(s). The figures are the department's settings."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from experts.enums import SETTLED_ITEMS, RoundState
from workflows.errors import Reason

if TYPE_CHECKING:
    from experts.models import Meeting

# Scores are in, so that there is something to judge.
JUDGED_ROUNDS = (RoundState.SCORING, RoundState.DISCUSSING, RoundState.RANKED, RoundState.CLOSED)


def quorum(members: int) -> int:
    """How many of `members` must attend (settings.MEETING_QUORUM_PERCENT, rounded up)."""
    percent: int = settings.MEETING_QUORUM_PERCENT
    return ceil(members * percent / 100)


def round_can_be_judged(meeting: Meeting) -> Reason | None:
    """The round is being scored, discussed or ranked."""
    if meeting.round.state in JUDGED_ROUNDS:
        return None
    return Reason("round_not_judged", _("The round has no scores to meet about."), _("Wait for the first sheets."))


def there_are_items(meeting: Meeting) -> Reason | None:
    """There is something on the agenda."""
    if meeting.items.exists():
        return None
    return Reason("no_items", _("Nothing is on the agenda."), _("Choose the dossiers first."))


def members_are_odd(meeting: Meeting) -> Reason | None:
    """The panel has an odd number of members, and enough."""
    count, least = meeting.members.count(), settings.MEETING_LEAST_MEMBERS
    if count % 2 and count >= least:
        return None
    text = _("The panel has %(count)d members; it needs an odd number, %(least)d at least.")
    return Reason("members_not_odd", text % {"count": count, "least": least}, _("Add a member, or take one out."))


def chair_attends(meeting: Meeting) -> Reason | None:
    """The panel has a chair, who is there."""
    if meeting.members.filter(is_chair=True, attends=True).exists():
        return None
    return Reason("no_chair", _("No chair attends."), _("Name a chair and record that the chair is there."))


def quorum_attends(meeting: Meeting) -> Reason | None:
    """Enough members are there."""
    least, there = quorum(meeting.members.count()), meeting.members.filter(attends=True).count()
    if there >= least:
        return None
    text = _("%(there)d members attend, %(least)d must.") % {"there": there, "least": least}
    return Reason("no_quorum", text, _("Wait, and record who arrives."))


def every_item_is_settled(meeting: Meeting) -> list[Reason]:
    """Every item is decided or set aside; the others are named by their numbers."""
    rows = meeting.items.exclude(state__in=SETTLED_ITEMS).values_list("number", flat=True)
    text, mend = _("Item %(number)d is not decided."), _("Decide it, or set it aside with a reason.")
    return [Reason("item_not_settled", text % {"number": number}, mend) for number in rows]


def minutes_are_kept(meeting: Meeting) -> Reason | None:
    """The minutes are written out with their digest."""
    if meeting.minutes and meeting.minutes_sha256:
        return None
    return Reason("no_minutes", _("The minutes are not written."))
