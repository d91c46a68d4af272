"""Which dossiers a panel meeting opens to its members: while it is held, without the items that they left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from experts.conflicts import conflicts_between, told_to_expert
from experts.enums import MeetingState
from experts.models import Assignment, Dossier, MeetingItem, MeetingMember
from experts.queries.meeting import has_left, member_of
from workflows.errors import Reason

if TYPE_CHECKING:
    from django.db.models import QuerySet


def own_seat(member: MeetingMember, item: MeetingItem) -> Assignment | None:
    """The member's own seat at the dossier of an item, the latest: one query."""
    rows = Assignment.objects.filter(expert=member.expert_id, dossier=item.dossier_id, invited_at__isnull=False)
    found: Assignment | None = rows.select_related("round", "dossier").order_by("pk").last()
    return found


def why_closed(item: MeetingItem, member: MeetingMember | None) -> list[Reason]:
    """Why the dossier of an item is not open to a member, without names; nothing where it is.

    It is closed before and after the meeting, to who left the item or has a conflict, and before the names of the batch
    were declared on.
    """
    meeting = item.meeting
    if member is None or meeting.state != MeetingState.OPEN:
        return [Reason("not_open", _("The papers are open to the members while the meeting is held."))]
    if has_left(item, member):
        return [Reason("left_item", _("You left this item because of a conflict of interest."))]
    seat = own_seat(member, item)
    if seat is not None and not seat.title_open:
        return [Reason("names_first", _("Declare on the names of the batch first."))]
    return list(told_to_expert(conflicts_between(meeting.round, member.expert, item.dossier)))


def open_to_panel(user: Any, dossiers: QuerySet[Dossier]) -> Iterator[Dossier]:
    """Those of `dossiers` that a meeting held now opens to `user` as a member of its panel."""
    rows = MeetingItem.objects.filter(meeting__state=MeetingState.OPEN, dossier__in=dossiers)
    for item in rows.select_related("dossier", "meeting__round"):
        if not why_closed(item, member_of(item.meeting, user)):
            yield item.dossier
