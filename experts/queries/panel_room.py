"""The room of a panel meeting as one person sees it: the present item, the agenda along the ranking, who left what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.queries.standing import standing
from experts.enums import SETTLED_ITEMS, Audience, ItemState, MeetingState, Outcome, Switch
from experts.minutes import reasons_told, tally_told
from experts.models import Assignment, Leave, Meeting, MeetingItem, MeetingMember, Vote
from experts.queries.attachments import Attachment, attachments
from experts.queries.desk import Form, sheet_form, sheet_of
from experts.queries.divergence import diverging
from experts.queries.meeting import departs, member_of, outcome_of, ranking_of
from experts.queries.others import Other, sheets_shown
from experts.queries.panel_access import own_seat, why_closed
from experts.queries.phases import open_to_department, phase_now
from experts.queries.reading import Section, sections
from experts.queries.scores import scores_of
from experts.rules import is_officer
from workflows.errors import Reason, Refused

# How many ranks on either side of the funding line are proposed for the agenda.
NEAR = 2


@dataclass
class Line:
    """One item. title -- None for a member who left it; gone -- (name, why) of everybody who left it.

    below -- the funding line is drawn above this item; readable -- the papers are offered to the asker
    """

    item: MeetingItem
    title: str | None
    gone: list[tuple[str, str]]
    left: bool = False
    now: bool = False
    departs: bool = False
    below: bool = False
    readable: bool = False

    @property
    def tally(self) -> str:
        """The counted votes in words; empty before the ballot is closed."""
        counted = self.item.tally and self.item.state != ItemState.VOTING
        return tally_told(self.item.tally) if counted else ""


@dataclass
class Present:
    """The item on the screens, for who did not leave it. None: not shown in this phase of the round."""

    line: Line
    sheets: list[Other] | None = None
    voted: int = 0
    may_vote: int = 0
    own_vote: bool = False
    can_vote: bool = False
    outcome: str = ""
    undecided: tuple[Reason, ...] = ()
    departs: bool = False
    files: list[Attachment] = field(default_factory=list)
    own: Assignment | None = None


@dataclass
class Room:
    """Everything on one screen of a meeting."""

    meeting: Meeting
    member: MeetingMember | None
    leads: bool
    shows_ranks: bool
    lines: list[Line]
    members: list[MeetingMember]
    present: Present | None
    next: MeetingItem | None
    is_officer: bool = False
    live: bool = False
    evidence: dict[int, list[Leave]] = field(default_factory=dict)


def room(meeting: Meeting, user: Any) -> Room:
    """The room for `user`: a fixed number of queries, whatever the number of items and members."""
    officer = is_officer(meeting, user)
    members = list(meeting.members.select_related("expert__person"))
    person = standing(user).person_id
    member = next((one for one in members if one.expert.person_id == person), None)
    leaves = list(Leave.objects.filter(item__meeting=meeting).select_related("member__expert__person"))
    seats = _seats(meeting, member)
    phase = phase_now(meeting.round)
    ranked = (
        Switch.SCORES in _opened(phase, member) if member else open_to_department(meeting.round, Switch.SCORES, phase)
    )
    items = list(meeting.items.select_related("dossier").defer("dossier__content"))
    lines = [_line(meeting, item, leaves, member, seats) for item in items]
    chairs = member is not None and member.is_chair
    found = Room(
        meeting=meeting,
        member=member,
        leads=officer or chairs,
        shows_ranks=ranked,
        lines=_along_the_ranking(meeting, lines) if ranked else lines,
        members=members,
        present=None,
        next=_next(meeting, items),
        is_officer=officer,
        live=meeting.state in (MeetingState.PLANNED, MeetingState.OPEN, MeetingState.CLOSED),
        evidence=_evidence(leaves) if officer else {},
    )
    now = next((line for line in lines if line.now), None)
    if now is not None:
        out = {one.member_id for one in leaves if one.item_id == now.item.pk}
        found.present = _present(found, now, out, seats.get(now.item.dossier_id), phase)
    return found


def _opened(phase: Any, member: MeetingMember) -> frozenset[str]:
    opened: frozenset[str] = phase.opened.get(Audience.CHAIR if member.is_chair else Audience.EXPERT, frozenset())
    return opened


def _seats(meeting: Meeting, member: MeetingMember | None) -> dict[int, Assignment]:
    """The member's own seats in the round, by dossier."""
    if member is None:
        return {}
    rows = Assignment.objects.filter(round=meeting.round_id, expert=member.expert_id, invited_at__isnull=False)
    return {one.dossier_id: one for one in rows.select_related("sheet").order_by("pk")}


def _line(
    meeting: Meeting,
    item: MeetingItem,
    leaves: list[Leave],
    member: MeetingMember | None,
    seats: dict[int, Assignment],
) -> Line:
    gone = [one for one in leaves if one.item_id == item.pk]
    left = member is not None and any(one.member_id == member.pk for one in gone)
    seat = seats.get(item.dossier_id)
    closed = seat is not None and not seat.title_open
    title = str(_("Anonymous dossier")) if closed else item.dossier.title
    return Line(
        item,
        None if left else title,
        [(one.member.expert.person.name, reasons_told(meeting, one)) for one in gone],
        left=left,
        now=meeting.present_id == item.pk,
        departs=departs(item.rank, meeting.places, item.outcome),
        readable=member is not None and meeting.state == MeetingState.OPEN and not left and not closed,
    )


def _along_the_ranking(meeting: Meeting, lines: list[Line]) -> list[Line]:
    found = sorted(lines, key=lambda line: (line.item.rank is None, line.item.rank or 0, line.item.number))
    if meeting.places is not None:
        below = [line for line in found if line.item.rank is not None and line.item.rank > meeting.places]
        if below:
            below[0].below = True
    return found


def _next(meeting: Meeting, items: list[MeetingItem]) -> MeetingItem | None:
    """The first item after the present one that is not settled, else the first of all."""
    after = next((at for at, one in enumerate(items) if one.pk == meeting.present_id), -1)
    around = [*items[after + 1 :], *items[: max(after, 0)]]
    return next((one for one in around if one.state not in SETTLED_ITEMS and one.pk != meeting.present_id), None)


def _evidence(leaves: list[Leave]) -> dict[int, list[Leave]]:
    found: dict[int, list[Leave]] = defaultdict(list)
    for one in leaves:
        found[one.item_id].append(one)
    return dict(found)


def _present(found: Room, line: Line, out: set[int], seat: Assignment | None, phase: Any) -> Present:
    if line.left:
        return Present(line)
    item, member = line.item, found.member
    votes = set(Vote.objects.filter(item=item, ballot=item.ballot).values_list("member_id", flat=True))
    there = {one.pk for one in found.members if one.attends} - out
    may_vote = len(there | votes)
    outcome, reasons = outcome_of(item.tally, may_vote) if item.state == ItemState.COUNTED else (None, [])
    voting = item.state == ItemState.VOTING
    return Present(
        line,
        sheets=_sheets(found, item, seat, phase),
        voted=len(votes),
        may_vote=may_vote,
        own_vote=member is not None and member.pk in votes,
        can_vote=voting and member is not None and member.pk in there - votes,
        outcome=str(Outcome(outcome).label) if outcome else "",
        undecided=tuple(reasons),
        departs=departs(item.rank, found.meeting.places, outcome or ""),
        files=attachments(item.dossier) if line.readable else [],
        own=seat,
    )


def _sheets(found: Room, item: MeetingItem, seat: Assignment | None, phase: Any) -> list[Other] | None:
    if found.member is None:
        on = {what: open_to_department(found.meeting.round, what, phase) for what in (Switch.SCORES, Switch.OPINIONS)}
        return sheets_shown(item.dossier, {**on, Switch.WHO: True}, None)
    closed = seat is not None and phase.own_first and not seat.is_done
    opened = frozenset() if closed else _opened(phase, found.member)
    return sheets_shown(item.dossier, {what: what in opened for what in Switch}, seat)


@dataclass(frozen=True)
class Papers:
    """The dossier of an item as a member reads it, and the own seat with its sheet as far as there is one."""

    sections: list[Section]
    files: list[Attachment]
    seat: Assignment | None
    form: Form | None


def papers(item: MeetingItem, user: Any) -> Papers:
    """The dossier of an item for a member while the meeting is open.

    Raises Refused, without names, for who left the item, has a conflict, or must declare on names first.
    """
    member = member_of(item.meeting, user)
    reasons = why_closed(item, member)
    if member is None or reasons:
        raise Refused(*reasons)
    seat = own_seat(member, item)
    form = sheet_form(seat, sheet_of(seat)) if seat is not None and seat.is_done else None
    return Papers(sections(item.dossier), attachments(item.dossier), seat, form)


def proposed(meeting_round: Any, places: int | None) -> list[Any]:
    """The dossiers proposed for an agenda: whose scores diverge, and near the funding line; by rank."""
    known = ranking_of(meeting_round)
    wanted = diverging(meeting_round, scores_of(meeting_round))
    if places is not None:
        wanted |= {pk for pk, one in known.items() if -NEAR < one.rank - places <= NEAR}
    rows = meeting_round.dossiers.filter(pk__in=wanted)
    return sorted(rows, key=lambda one: (known[one.pk].rank, one.pk))
