"""The minutes of a panel meeting as plain text, written from what was recorded; the same record gives the same text.

In a blind round they say who left an item, and not the rule, which could tell the others who applies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from experts.conflicts import LABELS
from experts.enums import ItemState, VoteValue
from experts.models import Leave, Vote

if TYPE_CHECKING:
    import datetime as dt

    from experts.models import Meeting, MeetingItem, MeetingMember


def minutes_of(meeting: Meeting) -> str:
    """The text in the language of the department: a kept one as it is, else from the present record, four queries."""
    if meeting.minutes:
        return meeting.minutes
    with translation.override(settings.LANGUAGE_CODE):
        return "\n".join([*_head(meeting), "", *_members(meeting), *_items(meeting)]) + "\n"


@dataclass(frozen=True)
class Minutes:
    """The minutes as somebody may read them; `whole` where nothing is left out."""

    meeting: Meeting
    text: str
    whole: bool

    def signers(self) -> list[str]:
        """The names of who attended, the chair first: one query."""
        rows = self.meeting.members.filter(arrived_at__isnull=False).select_related("expert__person")
        chair = _("chair")
        return [f"{one.expert.person.name} ({chair})" if one.is_chair else one.expert.person.name for one in rows]

    def notes(self) -> Iterator[str]:
        """What stands below: that items are left out, and the digest once it is kept."""
        if not self.whole:
            yield _("The items that you left are not in this copy; it is not the one to sign.")
        if self.meeting.minutes_sha256:
            yield _("SHA-256 of the whole text: %(digest)s") % {"digest": self.meeting.minutes_sha256}


def minutes_for(meeting: Meeting, member: MeetingMember | None) -> Minutes:
    """The minutes as a member may read them: without the items that the member left, but for the chair, who signs."""
    text = minutes_of(meeting)
    if member is None or member.is_chair:
        return Minutes(meeting, text, whole=True)
    rows = Leave.objects.filter(member=member).select_related("item__dossier")
    gone = {_title(one.item): f"{one.item.number}. {_('You left this item.')}" for one in rows}
    parts = text.split("\n\n")
    kept = "\n\n".join(gone.get(part.partition("\n")[0], part) for part in parts)
    return Minutes(meeting, kept, whole=kept == text)


def _title(item: MeetingItem) -> str:
    return f"{item.number}. {item.dossier.title}"


def reasons_told(meeting: Meeting, leave: Leave) -> str:
    """Why a member left, as everybody in the room may read it."""
    if meeting.round.blind:
        return _("conflict of interest")
    return "；".join(str(LABELS.get(code, code)) for code in leave.codes)


def tally_told(tally: dict[str, int]) -> str:
    """A tally in words."""
    return " · ".join(f"{one.label} {tally.get(one, 0)}" for one in VoteValue)


def _head(meeting: Meeting) -> Iterator[str]:
    yield _("Minutes of the panel meeting “%(title)s”") % {"title": meeting.title}
    yield _("Review round: %(round)s") % {"round": meeting.round.title}
    yield _("Time: %(opened)s to %(closed)s") % {"opened": _at(meeting.opened_at), "closed": _at(meeting.closed_at)}
    yield _("Place: %(place)s") % {"place": meeting.place or meeting.link or "–"}
    yield _("Votes: %(how)s") % {"how": pgettext("votes", "secret") if meeting.secret else pgettext("votes", "open")}
    if meeting.places is not None:
        yield _("Funding line: %(places)d dossiers") % {"places": meeting.places}


def _members(meeting: Meeting) -> Iterator[str]:
    rows = list(meeting.members.select_related("expert__person"))
    there = sum(one.arrived_at is not None for one in rows)
    chair = f" ({_('chair')})"
    yield _("Members: %(all)d, of whom %(there)d attended") % {"all": len(rows), "there": there}
    for one in rows:
        yield f"  {one.expert.person.name}{chair if one.is_chair else ''}: {_attended(one)}"


def _attended(member: MeetingMember) -> str:
    if member.arrived_at is None:
        return _("absent")
    if member.left_at is None:
        return _("attended from %(since)s") % {"since": _at(member.arrived_at)}
    return _("attended from %(since)s, left at %(until)s") % {
        "since": _at(member.arrived_at),
        "until": _at(member.left_at),
    }


def _items(meeting: Meeting) -> Iterator[str]:
    items = list(meeting.items.select_related("dossier"))
    gone: dict[int, list[Leave]] = defaultdict(list)
    open_votes: dict[int, list[Vote]] = defaultdict(list)
    for leave in Leave.objects.filter(item__meeting=meeting).select_related("member__expert__person"):
        gone[leave.item_id].append(leave)
    votes = Vote.objects.filter(item__meeting=meeting).exclude(value="").select_related("member__expert__person")
    for vote in votes:
        open_votes[vote.item_id].append(vote)
    for item in items:
        yield ""
        yield from _item(meeting, item, gone[item.pk], open_votes[item.pk])


def _item(meeting: Meeting, item: MeetingItem, gone: Iterable[Leave], votes: Iterable[Vote]) -> Iterator[str]:
    yield _title(item)
    if item.rank is not None:
        yield "  " + _("Rank %(rank)d, score %(score)s") % {"rank": item.rank, "score": item.score}
    for one in gone:
        facts = {"name": one.member.expert.person.name, "why": reasons_told(meeting, one)}
        yield "  " + _("Left this item: %(name)s (%(why)s)") % facts
    for number, tally in enumerate([*item.earlier, item.tally] if item.tally else item.earlier, 1):
        yield "  " + _("Ballot %(number)d: %(tally)s") % {"number": number, "tally": tally_told(tally)}
    for vote in votes:
        name = vote.member.expert.person.name
        told = {"number": vote.ballot, "name": name, "value": vote.get_value_display()}
        yield "  " + _("Ballot %(number)d, %(name)s: %(value)s") % told
    yield from _decided(item)


def _decided(item: MeetingItem) -> Iterator[str]:
    if item.state == ItemState.DECIDED:
        yield "  " + _("Decision: %(outcome)s") % {"outcome": item.get_outcome_display()}
        if item.reason:
            yield "  " + _("Reason: %(reason)s") % {"reason": item.reason}
    elif item.state == ItemState.SKIPPED:
        yield "  " + _("Set aside: %(reason)s") % {"reason": item.reason}
    else:
        yield "  " + _("Not decided")


def _at(instant: dt.datetime | None) -> str:
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M}" if instant else "–"
