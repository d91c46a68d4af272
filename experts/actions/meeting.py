"""Panel meetings before they begin: planned, members, chair, agenda; and who attends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from experts import notices_meeting as notices
from experts.enums import ExpertState, ItemState, MeetingState, RoundState
from experts.models import Dossier, ExpertProfile, Leave, Meeting, MeetingItem, MeetingMember, ReviewRound
from experts.rules import is_officer, is_officer_or_chair
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import NotAllowed, Reason, Refused

PLANNED = (MeetingState.PLANNED,)
RUNNING = (MeetingState.PLANNED, MeetingState.OPEN)


@dataclass(frozen=True)
class Facts:
    """When, where and how a panel meets; `places` is the funding line in dossiers, None for none."""

    title: str
    starts_at: dt.datetime
    place: str = ""
    link: str = ""
    secret: bool = True
    places: int | None = None


@contextmanager
def changing(
    meeting: Meeting, *, by: Actor, may: Callable[[Any, Actor], bool], states: Sequence[MeetingState]
) -> Iterator[Meeting]:
    """The meeting under its lock, which every change takes first; screens learn that they are behind.

    Raises NotAllowed; Refused (wrong_state) in another state than `states`.
    """
    with unit():
        row: Meeting = Meeting.objects.select_for_update(of=("self",)).select_related("round").get(pk=meeting.pk)
        if not may(row, by):
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        if row.state not in states:
            text = _("This cannot be done now: the meeting is “%(state)s”.") % {"state": row.get_state_display()}
            raise Refused(Reason("wrong_state", text, _("Look at the meeting.")))
        yield row
        row.tick += 1
        row.save()
    meeting.refresh_from_db()


def plan_meeting(
    *,
    review_round: ReviewRound,
    facts: Facts,
    by: Actor,
    experts: Sequence[ExpertProfile] = (),
    dossiers: Sequence[Dossier] = (),
) -> Meeting:
    """Plan a meeting of a round that is not cancelled. Its members are told. Raises NotAllowed, Refused."""
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if review_round.state == RoundState.CANCELLED:
        raise Refused(Reason("round_over", _("The round is cancelled.")))
    _check(facts)
    with unit():
        meeting: Meeting = Meeting.objects.create(round=review_round, organised_by_id=by.pk, **asdict(facts))
        journal.append(action="experts.meeting.plan", subject=meeting, by=by, data=asdict(facts))
        for expert in experts:
            add_member(meeting=meeting, expert=expert, by=by)
        set_agenda(meeting=meeting, dossiers=dossiers, by=by)
    return meeting


def _check(facts: Facts) -> None:
    if facts.places is not None and facts.places < 1:
        raise Refused(
            Reason("field:places", _("The funding line is one dossier at least."), _("Leave it empty for none."))
        )
    if facts.starts_at < timezone.now():
        raise Refused(Reason("field:starts_at", _("The meeting would begin in the past."), _("Choose a later time.")))


def change_meeting(*, meeting: Meeting, facts: Facts, by: Actor) -> Meeting:
    """Change when, where and how a planned meeting is held. Members are told of another time or place."""
    with changing(meeting, by=by, may=is_officer, states=PLANNED) as row:
        if facts.starts_at != row.starts_at:
            _check(facts)
        moved = (row.starts_at, row.place, row.link) != (facts.starts_at, facts.place, facts.link)
        for name, value in asdict(facts).items():
            setattr(row, name, value)
        journal.append(action="experts.meeting.change", subject=row, by=by, data=asdict(facts))
        if moved:
            notices.moved(row)
    return meeting


def add_member(*, meeting: Meeting, expert: ExpertProfile, by: Actor) -> MeetingMember:
    """Add an admitted expert to the panel of a planned meeting; the same again changes nothing."""
    with changing(meeting, by=by, may=is_officer, states=PLANNED) as row:
        if expert.state != ExpertState.ADMITTED:
            text = _("%(name)s is not admitted to the pool, or is suspended.") % {"name": expert}
            raise Refused(Reason("not_admitted", text, _("Choose another expert.")))
        found: MeetingMember
        found, fresh = MeetingMember.objects.get_or_create(meeting=row, expert=expert)
        if fresh:
            journal.append(action="experts.meeting.add", subject=row, by=by, data={"expert": expert.pk})
            notices.asked(found)
    return found


def remove_member(*, member: MeetingMember, by: Actor) -> Meeting:
    """Take a member out of the panel of a planned meeting."""
    meeting: Meeting = member.meeting
    with changing(meeting, by=by, may=is_officer, states=PLANNED) as row:
        Leave.objects.filter(member=member).delete()
        journal.append(action="experts.meeting.remove", subject=row, by=by, data={"expert": member.expert_id})
        MeetingMember.objects.filter(pk=member.pk).delete()
    return meeting


def name_chair(*, member: MeetingMember, by: Actor) -> MeetingMember:
    """Make a member the chair of a planned meeting; the one before is a member as others."""
    meeting: Meeting = member.meeting
    with changing(meeting, by=by, may=is_officer, states=PLANNED) as row:
        MeetingMember.objects.filter(meeting=row, is_chair=True).update(is_chair=False)
        MeetingMember.objects.filter(pk=member.pk).update(is_chair=True)
        journal.append(action="experts.meeting.chair", subject=row, by=by, data={"expert": member.expert_id})
    member.refresh_from_db()
    return member


def set_agenda(*, meeting: Meeting, dossiers: Sequence[Dossier], by: Actor) -> Meeting:
    """Set the items of a planned meeting, in this order; what stays on it keeps who left it."""
    with changing(meeting, by=by, may=is_officer, states=PLANNED) as row:
        if any(one.round_id != row.round_id for one in dossiers):
            raise Refused(Reason("other_round", _("A dossier of another round cannot be on the agenda.")))
        gone = row.items.exclude(dossier__in=dossiers)
        Leave.objects.filter(item__in=gone).delete()
        gone.delete()
        for number, dossier in enumerate(dossiers, 1):
            MeetingItem.objects.update_or_create(meeting=row, dossier=dossier, defaults={"number": number})
        data = {"dossiers": [one.pk for one in dossiers]}
        journal.append(action="experts.meeting.agenda", subject=row, by=by, data=data)
    return meeting


def record_attendance(*, member: MeetingMember, attends: bool, by: Actor) -> MeetingMember:
    """Record that a member is there, or left; the same again changes nothing. The chair's and the officer's.

    Refused while an item is being voted on.
    """
    meeting: Meeting = member.meeting
    with changing(meeting, by=by, may=is_officer_or_chair, states=RUNNING) as row:
        if row.items.filter(state=ItemState.VOTING).exists():
            raise Refused(Reason("voting", _("An item is being voted on."), _("Close the vote first.")))
        found: MeetingMember = MeetingMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if found.attends != attends:
            now = timezone.now()
            found.attends, found.left_at = attends, None if attends else now
            found.arrived_at = found.arrived_at or now
            found.save()
            facts = {"expert": found.expert_id, "attends": attends}
            journal.append(action="experts.meeting.attendance", subject=row, by=by, data=facts)
    return found
