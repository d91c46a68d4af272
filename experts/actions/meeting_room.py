"""Panel meetings while they are held: stepping through items, leaving one, voting, deciding, closing, minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from experts import notices_meeting as notices
from experts.actions.meeting import RUNNING, changing
from experts.conditions_meeting import quorum_attends
from experts.conflicts import codes
from experts.enums import ConflictKind, ItemState, MeetingState, VoteValue
from experts.minutes import minutes_of
from experts.models import Leave, Meeting, MeetingItem, MeetingMember, Vote
from experts.queries.meeting import conflicts_at, departs, entitled, has_left, member_of, outcome_of, ranking_of
from experts.rules import is_officer, is_officer_or_chair
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

OPEN = (MeetingState.OPEN,)
SHORTEST_REASON = 4


def open_meeting(*, meeting: Meeting, by: Actor, note: str = "") -> Meeting:
    """Begin: ranks and scores are kept on the items, and every member with a conflict leaves its item."""
    with unit():
        with perform(meeting, "open", by=by, note=note) as row:
            row.opened_at = row.opened_at or timezone.now()
            row.tick += 1
            known = ranking_of(row.round)
            for item in row.items.all():
                place = known.get(item.dossier_id)
                item.rank, item.score = (place.rank, place.score) if place else (None, None)
                item.save(update_fields=["rank", "score"])
        _keep_away(meeting, meeting.items.select_related("dossier"))
    return meeting


def _keep_away(meeting: Meeting, items: Iterable[MeetingItem]) -> None:
    """Members with a computed conflict leave these items; once gone they stay gone."""
    for item, member, found in conflicts_at(meeting, items):
        told = {"codes": [one.code for one in found], "evidence": "\n".join(one.evidence for one in found)}
        row, fresh = Leave.objects.get_or_create(item=item, member=member, defaults=told)
        if fresh:
            facts = {"item": item.pk, "expert": member.expert_id, "codes": row.codes}
            journal.append(action="experts.meeting.leave", subject=meeting, by=SYSTEM, data=facts)


def step_to_item(*, item: MeetingItem, by: Actor) -> MeetingItem:
    """Put an item on everybody's screen; who has a conflict leaves it before. Refused while another is voted on."""
    with changing(item.meeting, by=by, may=is_officer_or_chair, states=OPEN) as row:
        if row.items.filter(state=ItemState.VOTING).exists():
            raise Refused(Reason("voting", _("An item is being voted on."), _("Close the vote first.")))
        row.items.filter(state=ItemState.OPEN).update(state=ItemState.WAITING)
        found = _item(item)
        _keep_away(row, [found])
        if found.state in (ItemState.WAITING, ItemState.SKIPPED):
            found.state, found.reason = ItemState.OPEN, ""
            found.save(update_fields=["state", "reason"])
        row.present = found
        journal.append(action="experts.meeting.step", subject=row, by=by, data={"item": found.pk})
    return found


def declare_leave(*, item: MeetingItem, kind: str, by: Actor, note: str = "") -> Leave:
    """A member declares a conflict and leaves the item; it stands for this and later reviews of the dossier.

    Raises NotAllowed for who is no member; Refused without a kind, and after the own vote or the decision.
    """
    with changing(item.meeting, by=by, may=_is_member, states=RUNNING) as row:
        member, found = _own(row, by), _item(item)
        if kind not in ConflictKind.values:
            raise Refused(Reason("field:kind", _("Say what kind of conflict it is.")))
        if found.state == ItemState.DECIDED or _votes(found).filter(member=member).exists():
            text = _("You voted on this item already, or it is decided.")
            raise Refused(Reason("voted", text, _("Tell the chair, so that the vote is repeated without you.")))
        evidence = f"{ConflictKind(kind).label}: {note.strip()}" if note.strip() else str(ConflictKind(kind).label)
        told = {"codes": [codes.DECLARED], "evidence": evidence, "declared": True}
        leave: Leave
        leave, fresh = Leave.objects.get_or_create(item=found, member=member, defaults=told)
        if fresh:
            facts = {"item": found.pk, "expert": member.expert_id, "kind": kind}
            journal.append(action="experts.meeting.declare", subject=row, by=by, data=facts)
    return leave


def open_vote(*, item: MeetingItem, by: Actor) -> MeetingItem:
    """Let the members vote on the item on the screens; a further ballot keeps the tally of the one before.

    Refused without a quorum, and when the item is not the present one.
    """
    with _leading(item, by, (ItemState.OPEN, ItemState.COUNTED)) as (row, found):
        reasons = [*filter(None, [quorum_attends(row)]), *_too_few(entitled(found))]
        if reasons:
            raise Refused(*reasons)
        if found.tally:
            found.earlier = [*found.earlier, found.tally]
        found.ballot, found.state, found.tally = found.ballot + 1, ItemState.VOTING, dict.fromkeys(VoteValue.values, 0)
        found.save()
        facts = {"item": found.pk, "ballot": found.ballot}
        journal.append(action="experts.meeting.vote", subject=row, by=by, data=facts)
    return found


def _too_few(count: int) -> Iterator[Reason]:
    """Fewer than a panel has would tell who voted what, and decide too much."""
    least = settings.MEETING_LEAST_MEMBERS
    if count < least:
        text = _("%(count)d members would vote, %(least)d must.") % {"count": count, "least": least}
        yield Reason("too_few_voters", text, _("Wait for them, or set the item aside."))


def cast_vote(*, item: MeetingItem, value: str, by: Actor) -> MeetingItem:
    """Vote once on the item that is being voted on. A secret vote goes into the tally alone, with nobody's name.

    Raises NotAllowed for who is no member; Refused for who left the item, is not there, or has voted.
    """
    with changing(item.meeting, by=by, may=_is_member, states=OPEN) as row:
        member, found = _own(row, by), _item(item)
        reasons = list(_against(found, member))
        if value not in VoteValue.values:
            reasons.append(Reason("field:value", _("There is no such vote."), _("Choose one of the buttons.")))
        if reasons:
            raise Refused(*reasons)
        kept = "" if row.secret else value
        Vote.objects.create(item=found, member=member, ballot=found.ballot, value=kept)
        found.tally[value] += 1
        found.save(update_fields=["tally"])
        facts = {"item": found.pk, "ballot": found.ballot, **({"value": kept} if kept else {})}
        journal.append(action="experts.meeting.cast", subject=row, by=by, data=facts)
    return found


def _against(item: MeetingItem, member: MeetingMember) -> Iterator[Reason]:
    if item.state != ItemState.VOTING:
        yield Reason("not_voting", _("This item is not being voted on now."), _("Look at the present item."))
    if has_left(item, member):
        yield Reason("left_item", _("You left this item because of a conflict of interest."))
    if not member.attends:
        yield Reason("absent", _("You are not recorded as attending."), _("Tell the chair that you are there."))
    if _votes(item).filter(member=member).exists():
        yield Reason("voted", _("You voted on this item already."))


def close_vote(*, item: MeetingItem, by: Actor) -> MeetingItem:
    """End the ballot; from here on its tally is shown. Refused while so few voted that it would tell who voted what."""
    with _leading(item, by, (ItemState.VOTING,)) as (row, found):
        reasons = list(_too_few(_votes(found).count()))
        if reasons:
            raise Refused(*reasons)
        found.state = ItemState.COUNTED
        found.save(update_fields=["state"])
        facts = {"item": found.pk, "ballot": found.ballot, "tally": found.tally}
        journal.append(action="experts.meeting.count", subject=row, by=by, data=facts)
    return found


def decide_item(*, item: MeetingItem, by: Actor, reason: str = "") -> MeetingItem:
    """Record what the votes decide.

    Refused at a tie, with too few votes, and without a reason where the decision departs from the ranking across the
    funding line.
    """
    with _leading(item, by, (ItemState.COUNTED,)) as (row, found):
        outcome, reasons = outcome_of(found.tally, entitled(found))
        said = " ".join(reason.split())
        departing = departs(found.rank, row.places, outcome or "")
        if departing and len(said) < SHORTEST_REASON:
            text = _("The decision departs from the ranking across the funding line.")
            reasons.append(Reason("field:reason", text, _("Write the reason: it goes into the minutes.")))
        if reasons:
            raise Refused(*reasons)
        found.state, found.outcome, found.decided_at = ItemState.DECIDED, str(outcome), timezone.now()
        found.reason = said[:1000]
        found.save()
        facts = {"item": found.pk, "outcome": found.outcome, "tally": found.tally, "departs": departing}
        journal.append(action="experts.meeting.decide", subject=row, by=by, data={**facts, "reason": digest(said)})
    return found


def skip_item(*, item: MeetingItem, reason: str, by: Actor) -> MeetingItem:
    """Set an item aside with its reason; it can be taken up again until the meeting is closed.

    A ballot that was not closed is dropped uncounted.
    """
    states = (ItemState.WAITING, ItemState.OPEN, ItemState.VOTING, ItemState.COUNTED)
    with _leading(item, by, states, present=False) as (row, found):
        if len(reason.strip()) < SHORTEST_REASON:
            text = _("An item is set aside with a reason.")
            raise Refused(Reason("field:reason", text, _("Write the reason: it goes into the minutes.")))
        if found.state == ItemState.VOTING:
            found.tally = {}
            _votes(found).delete()
        found.state, found.reason = ItemState.SKIPPED, " ".join(reason.split())[:1000]
        found.save(update_fields=["state", "reason", "tally"])
        facts = {"item": found.pk, "reason": digest(found.reason)}
        journal.append(action="experts.meeting.skip", subject=row, by=by, data=facts)
    return found


def close_meeting(*, meeting: Meeting, by: Actor, note: str = "") -> Meeting:
    """End the meeting; its minutes are written and wait for the chair."""
    with unit():
        with perform(meeting, "close", by=by, note=note) as row:
            row.closed_at, row.tick, row.present = timezone.now(), row.tick + 1, None
        notices.to_confirm(meeting)
    return meeting


def reopen_meeting(*, meeting: Meeting, by: Actor, note: str) -> Meeting:
    """The chair opens a closed meeting again, with a reason."""
    with perform(meeting, "reopen", by=by, note=note) as row:
        row.closed_at, row.tick = None, row.tick + 1
    return meeting


def confirm_minutes(*, meeting: Meeting, by: Actor, note: str = "") -> Meeting:
    """The chair confirms the minutes: their text is kept with its digest and never changes again."""
    text = minutes_of(meeting)
    with unit():
        with perform(meeting, "confirm", by=by, note=note, data={"minutes": digest(text)}) as row:
            row.minutes, row.minutes_sha256, row.tick = text, digest(text), row.tick + 1
        notices.confirmed(meeting)
    return meeting


def cancel_meeting(*, meeting: Meeting, by: Actor, note: str) -> Meeting:
    """Call the meeting off; its members are told why."""
    with unit():
        with perform(meeting, "cancel", by=by, note=note) as row:
            row.tick, row.present = row.tick + 1, None
        notices.called_off(meeting, note)
    return meeting


@contextmanager
def _leading(
    item: MeetingItem, by: Actor, states: tuple[ItemState, ...], *, present: bool = True
) -> Iterator[tuple[Meeting, MeetingItem]]:
    """Meeting and item under the lock, for the officer or a chair who did not leave the item."""
    with changing(item.meeting, by=by, may=is_officer_or_chair, states=OPEN) as row:
        found = _item(item)
        if not is_officer(row, by) and has_left(found, member_of(row, by)):
            text = _("You left this item because of a conflict of interest.")
            raise Refused(Reason("left_item", text, _("The programme officer leads it.")))
        if found.state not in states or (present and row.present_id != found.pk):
            text = _("This cannot be done now: the item is “%(state)s”.") % {"state": found.get_state_display()}
            raise Refused(Reason("wrong_item", text, _("Look at the present item.")))
        yield row, found
    item.refresh_from_db()


def _item(item: MeetingItem) -> MeetingItem:
    found: MeetingItem = MeetingItem.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=item.pk)
    return found


def _votes(item: MeetingItem) -> QuerySet[Vote]:
    return Vote.objects.filter(item=item, ballot=item.ballot)


def _is_member(meeting: Meeting, by: Actor) -> bool:
    return member_of(meeting, by) is not None


def _own(meeting: Meeting, by: Actor) -> MeetingMember:
    member = member_of(meeting, by)
    if member is None:
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    return member
