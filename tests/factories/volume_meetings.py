"""Panel meetings of the department of any size, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator

from directory.models import Person, User
from experts.models import Dossier, ExpertProfile, Leave, Meeting, MeetingItem, MeetingMember, ReviewRound
from tests.factories.projects import days


def meetings(expert: User, officer: User, number: int) -> list[Meeting]:
    """Of the first round one held and one closed, and `number` planned ones, each with as many items.

    The expert chairs panels of twice as many others; the last of them left the last item of each.
    """
    review_round = ReviewRound.objects.order_by("pk")[0]
    made = [_meeting(review_round, officer, state) for state in ("open", "closed", *["planned"] * number)]
    dossiers = list(Dossier.objects.filter(round=review_round).order_by("pk")[:number])
    own = ExpertProfile.objects.get(person__user=expert)
    others = ExpertProfile.objects.bulk_create(_others(2 * number))
    for meeting in made:
        _filled(meeting, [own, *others], dossiers)
    return made


def _others(number: int) -> Iterator[ExpertProfile]:
    people = Person.objects.bulk_create(Person(name=f"委员{turn}") for turn in range(number))
    for one in people:
        yield ExpertProfile(person=one, state="admitted", kinds=["technical"], discipline="能源科学", keywords=["储能"])


def _meeting(review_round: ReviewRound, officer: User, state: str) -> Meeting:
    opened = None if state == "planned" else days(-1)
    closed = days(-1) if state == "closed" else None
    facts = {"state": state, "starts_at": days(1), "places": 1, "opened_at": opened, "closed_at": closed}
    found: Meeting = Meeting.objects.create(round=review_round, title="会议评审", organised_by=officer, **facts)
    return found


def _filled(meeting: Meeting, panel: list[ExpertProfile], dossiers: list[Dossier]) -> None:
    there = {"attends": meeting.state == "open", "arrived_at": meeting.opened_at}
    members = [MeetingMember(meeting=meeting, expert=one, is_chair=one is panel[0], **there) for one in panel]
    members = MeetingMember.objects.bulk_create(members)
    items = [
        MeetingItem(meeting=meeting, dossier=one, number=place, rank=place) for place, one in enumerate(dossiers, 1)
    ]
    items = MeetingItem.objects.bulk_create(items)
    Leave.objects.create(item=items[-1], member=members[-1], codes=["declared"])
    if meeting.state == "open":
        MeetingItem.objects.filter(pk=items[0].pk).update(state="open")
        meeting.present = items[0]
        meeting.save(update_fields=["present"])
