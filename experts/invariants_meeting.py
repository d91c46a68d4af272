"""Sentences that are true of panel meetings at every moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from experts.enums import ItemState, MeetingState
from experts.models import Leave, Meeting, MeetingItem, MeetingMember, Vote
from workflows.digest import digest
from workflows.invariants import invariant

BEGUN = (MeetingState.OPEN, MeetingState.CLOSED, MeetingState.CONFIRMED)


@invariant("experts.meeting_panel", "a panel that has met has an odd number of members and exactly one chair")
def panels_are_whole() -> Iterator[str]:
    """One line for each meeting with an even panel, or without its chair."""
    rows = MeetingMember.objects.filter(meeting__state__in=BEGUN).values_list("meeting_id", "is_chair")
    members = Counter(meeting for meeting, _chair in rows)
    chairs = Counter(meeting for meeting, chair in rows if chair)
    for pk in Meeting.objects.filter(state__in=BEGUN).values_list("pk", flat=True):
        if members[pk] % 2 == 0 or chairs[pk] != 1:
            yield f"meeting {pk}"


@invariant("experts.meeting_left", "who left an item of a meeting has no vote on it")
def who_left_does_not_vote() -> Iterator[str]:
    """One line for each vote of somebody who left, unless an earlier ballot was repeated without them."""
    left = set(Leave.objects.values_list("item_id", "member_id"))
    for item, member, ballot, present in Vote.objects.values_list("item_id", "member_id", "ballot", "item__ballot"):
        if (item, member) in left and ballot == present:
            yield f"item {item}"


@invariant("experts.meeting_votes", "the tally of each item has as many votes as members voted in its ballot")
def votes_add_up() -> Iterator[str]:
    """One line for each item whose tally has more or fewer."""
    votes = Counter(Vote.objects.values_list("item_id", "ballot"))
    for pk, ballot, tally in MeetingItem.objects.exclude(state=ItemState.WAITING).values_list("pk", "ballot", "tally"):
        if sum(tally.values()) != (votes[pk, ballot] if tally else 0):
            yield f"item {pk}"


@invariant("experts.meeting_minutes", "confirmed minutes are those that the chair confirmed")
def minutes_are_kept() -> Iterator[str]:
    """One line for each meeting whose minutes have another digest."""
    rows = Meeting.objects.filter(state=MeetingState.CONFIRMED).values_list("pk", "minutes", "minutes_sha256")
    for pk, text, sha256 in rows:
        if digest(text) != sha256:
            yield f"meeting {pk}"
