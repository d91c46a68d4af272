"""What is true of a panel meeting: who may vote on an item, what its votes decide, what departs from the ranking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from directory.queries.standing import standing
from experts.conflicts import Conflict, ground, standing_conflicts
from experts.enums import MeetingState, Outcome, VoteValue
from experts.models import Leave, Meeting, MeetingItem, MeetingMember, Vote
from experts.queries.scores import binding_values, ranks, scores_of
from workflows.errors import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from experts.models import ReviewRound


def member_of(meeting: Meeting, user: Any) -> MeetingMember | None:
    """The seat of `user` in the panel: one query."""
    person = standing(user).person_id
    if person is None:
        return None
    found: MeetingMember | None = meeting.members.filter(expert__person=person).select_related("expert").first()
    return found


def has_left(item: MeetingItem, member: MeetingMember | None) -> bool:
    """Whether the member left the item because of a conflict."""
    return member is not None and Leave.objects.filter(item=item, member=member).exists()


def conflicts_at(
    meeting: Meeting, items: Iterable[MeetingItem]
) -> Iterator[tuple[MeetingItem, MeetingMember, list[Conflict]]]:
    """Each member who may not take part in an item, with the computed reasons: a fixed number of queries."""
    members = list(meeting.members.select_related("expert__person"))
    known = ground(meeting.round, [one.expert for one in members])
    for item in items:
        for member in members:
            found = standing_conflicts(known, member.expert, item.dossier)
            if found:
                yield item, member, found


def entitled(item: MeetingItem) -> int:
    """How many may vote on the item: who attends and did not leave it, and who has voted: three queries."""
    out = set(Leave.objects.filter(item=item).values_list("member_id", flat=True))
    voted = set(Vote.objects.filter(item=item, ballot=item.ballot).values_list("member_id", flat=True))
    there = set(MeetingMember.objects.filter(meeting=item.meeting_id, attends=True).values_list("pk", flat=True))
    return len((there - out) | voted)


def outcome_of(tally: dict[str, int], may_vote: int) -> tuple[Outcome | None, list[Reason]]:
    """What a tally decides when `may_vote` members could vote, or why it decides nothing."""
    yes, no = tally.get(VoteValue.YES, 0), tally.get(VoteValue.NO, 0)
    percent = settings.MEETING_VOTES_PERCENT
    if (yes + no) * 100 <= may_vote * percent:
        text = _("%(count)d voted for or against; it takes more than %(percent)d %% of the %(all)d who may vote.")
        facts = {"count": yes + no, "percent": percent, "all": may_vote}
        return None, [Reason("too_few_votes", text % facts, _("Vote again, or set the item aside."))]
    if yes == no:
        text = _("As many voted for it as against it, so that nothing is decided.")
        return None, [Reason("tie", text, _("Discuss it and vote again, or set the item aside."))]
    return (Outcome.FUND if yes > no else Outcome.REFUSE), []


def departs(rank: int | None, places: int | None, outcome: str) -> bool:
    """Whether a decision stands on another side of the funding line than the rank."""
    if rank is None or places is None or not outcome:
        return False
    return (rank <= places) != (outcome == Outcome.FUND)


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands in the round: the binding score and its rank."""

    score: Decimal
    rank: int


def ranking_of(review_round: ReviewRound) -> dict[int, Standing]:
    """The dossiers with a score, by primary key: one query, two with a calibrated method."""
    values = binding_values(review_round, scores_of(review_round))
    places = ranks(values)
    return {pk: Standing(value, places[pk]) for pk, value in values.items()}


@dataclass(frozen=True)
class Decision:
    """What a panel decided about a dossier, its reason where it departs from the ranking, and its meeting."""

    outcome: Outcome
    reason: str
    meeting: str
    uid: str

    @property
    def funds(self) -> bool:
        """Whether the dossier is recommended for funding."""
        return self.outcome == Outcome.FUND


def decisions(subject_type: str, subjects: Iterable[str]) -> dict[str, Decision]:
    """The decisions of panels whose minutes are confirmed, by subject, the latest of each: one query."""
    rows = MeetingItem.objects.filter(
        meeting__state=MeetingState.CONFIRMED,
        dossier__subject_type=subject_type,
        dossier__subject_id__in=list(subjects),
    ).exclude(outcome="")
    fields = ("dossier__subject_id", "outcome", "reason", "meeting__title", "meeting__uid")
    return {
        subject: Decision(Outcome(outcome), reason, title, str(uid))
        for subject, outcome, reason, title, uid in rows.order_by("decided_at", "pk").values_list(*fields)
    }
