"""Panel meetings for tests. Steps are taken by the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directory.models import User
from experts.actions.meeting import Facts, name_chair, plan_meeting, record_attendance
from experts.actions.meeting_room import cast_vote, close_vote, open_meeting, open_vote, step_to_item
from experts.models import Dossier, Meeting, MeetingItem, MeetingMember
from tests.factories.experts import days, profile_of, scored


def seat(meeting: Meeting, user: User) -> MeetingMember:
    """The user's seat in the panel."""
    return MeetingMember.objects.get(meeting=meeting, expert__person=user.person)


def planned_meeting(boss: User, panel: Sequence[User], totals: Sequence[int] = (90, 80, 70), **facts: Any) -> Meeting:
    """A planned meeting about one dossier for each total, which the first of the panel gave; the first is the chair."""
    review_round = scored(boss, [{panel[0]: total} for total in totals], **facts.pop("round_fields", {}))
    values: dict[str, Any] = {"title": "会议评审", "starts_at": days(1), "places": 1, "place": "三楼会议室"}
    meeting = plan_meeting(
        review_round=review_round,
        facts=Facts(**{**values, **facts}),
        by=boss,
        experts=[profile_of(one) for one in panel],
        dossiers=list(Dossier.objects.filter(round=review_round).order_by("pk")),
    )
    name_chair(member=seat(meeting, panel[0]), by=boss)
    return meeting


def open_one(boss: User, panel: Sequence[User], totals: Sequence[int] = (90, 80, 70), **facts: Any) -> Meeting:
    """The same, begun with everybody there."""
    meeting = planned_meeting(boss, panel, totals, **facts)
    for one in panel:
        record_attendance(member=seat(meeting, one), attends=True, by=boss)
    return open_meeting(meeting=meeting, by=boss)


def items_of(meeting: Meeting) -> list[MeetingItem]:
    """The agenda in its order, as it is now."""
    return list(MeetingItem.objects.filter(meeting=meeting).select_related("dossier", "meeting__round"))


def voted(item: MeetingItem, by: User, votes: Sequence[tuple[User, str]]) -> MeetingItem:
    """The item with a closed ballot of these votes."""
    step_to_item(item=item, by=by)
    open_vote(item=item, by=by)
    for user, value in votes:
        cast_vote(item=item, value=value, by=user)
    close_vote(item=item, by=by)
    item.refresh_from_db()
    return item
