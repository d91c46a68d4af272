"""Draws of a round: committed to, computed away from the request, looked through, confirmed as one unit."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Sequence
from decimal import Decimal

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from experts import conflicts
from experts.actions.assignment import invite
from experts.draw.entries import FaultError
from experts.draw.flow import FlowError
from experts.draw.seed import commitment, nonce, seed_for
from experts.enums import (
    LIVE_ASSIGNMENTS,
    OPEN_DRAWS,
    RUNNING_ROUNDS,
    DepartureKind,
    DrawFailure,
    DrawState,
    RoundState,
)
from experts.matching import as_data
from experts.models import (
    Assignment,
    Departure,
    Dossier,
    Draw,
    DrawnSeat,
    DrawRecord,
    DrawRules,
    ExpertProfile,
    ReviewRound,
)
from experts.planning.inputs import Gathered, gather
from experts.planning.rules import SETTABLE, are_frozen, faults, frozen, rules_of
from experts.planning.solving import Solved, sha256, solved
from experts.queries.draw import GATHERED, SOLVED, binding_lots, fingerprint, kept_seats, taken_out, work_key
from experts.rules import by_system, is_officer
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale

logger = logging.getLogger(__name__)
FAILURES: tuple[tuple[type[Exception], DrawFailure], ...] = (
    (FaultError, DrawFailure.FAULT),
    (FlowError, DrawFailure.SOLVER),
    (MemoryError, DrawFailure.MEMORY),
)
BATCH = 1000
MOST_TOLD, MOST_REASON = 50, 500


def set_rules(*, review_round: ReviewRound, rules: DrawRules, by: Actor) -> DrawRules:
    """Take `rules` for the draws of a round to come.

    Raises NotAllowed; Refused with everything that is wrong with them, once the round is ranked or cancelled, and while
    a draw that was not withdrawn binds the round to the present ones.
    """
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        _check_rules(locked, rules)
        before, values = frozen(rules_of(locked)), frozen(rules)
        kept: DrawRules = DrawRules.objects.update_or_create(round=locked, defaults=values)[0]
        changed = {name: [before[name], value] for name, value in values.items() if value != before[name]}
        journal.append(action="experts.draw.rules", subject=locked, by=by, data={"changed": changed})
    return kept


def _check_rules(review_round: ReviewRound, rules: DrawRules) -> None:
    if review_round.state not in SETTABLE:
        raise Refused(Reason("round_not_running", _("The round is not open for reviews.")))
    if are_frozen(review_round.draws.all()):
        raise Refused(
            Reason(
                "rules_frozen",
                _("A draw binds the round to its rules."),
                _("Rules change only after every draw of the round was withdrawn."),
            )
        )
    found = list(faults(rules, review_round.experts_per_dossier))
    if found:
        raise Refused(*found)


def commit_draw(*, review_round: ReviewRound, by: Actor) -> Draw:
    """Begin a draw: its rules are frozen and the SHA-256 of a fresh secret is published.

    Raises NotAllowed; Refused while another draw is open or the round does not run.
    """
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        running = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        if running.state not in RUNNING_ROUNDS:
            raise Refused(Reason("round_not_running", _("The round is not open for reviews.")))
        if running.draws.filter(state__in=OPEN_DRAWS).exists():
            raise Refused(_another_draw())
        secret, rules = nonce(), frozen(rules_of(running))
        draw: Draw = Draw.objects.create(
            round=running,
            number=running.draws.count() + 1,
            mode=rules["mode"],
            rules=rules,
            commitment=commitment(secret),
            nonce=secret,
            committed_by_id=by.pk,
        )
        facts = {"commitment": draw.commitment, "mode": draw.mode, "rules": digest(rules), "round": running.pk}
        journal.append(action="experts.draw.commit", subject=draw, by=by, data=facts)
    return draw


def start_draw(*, draw: Draw, by: Actor, note: str = "") -> Draw:
    """Have the draw computed, away from the request."""
    with unit():
        with perform(draw, "start", by=by, note=note):
            pass
        _queue(draw)
    return draw


def compute_again(*, draw: Draw, by: Actor, note: str = "") -> Draw:
    """Have a draw computed once more that failed, or whose work was given up; its secret and rules stay.

    Raises NotAllowed; Refused while somebody computes it, and when the round does not run any more.
    """
    with unit():
        with perform(draw, "again", by=by, note=note) as row:
            row.progress, row.failure, row.failure_detail = 0, "", ""
        _queue(draw)
    return draw


def _queue(draw: Draw) -> None:
    key = work_key(draw)
    queue(kind="experts.draw", key=key, payload={"draw": draw.pk})


def carry_out(*, draw: Draw) -> Draw:
    """Gather, solve and keep a draw that was started; one that is not being computed (any more) stays as it is.

    The work is done outside of any transaction; what is written is written at once. What fails is noted on the draw for
    its officer; only a fault of the database is raised, so that the work is tried again by itself.
    """
    if draw.state != DrawState.COMPUTING:
        return draw
    try:
        gathered, seed, found = _computed(draw)
    except OperationalError:
        raise
    except Exception as error:
        logger.exception("draw %s failed", draw.uid)
        return _fail(draw, error)
    return _lay_out(draw, gathered, seed, found)


def _computed(draw: Draw) -> tuple[Gathered, str, Solved]:
    gathered = gather(draw.round, draw.rules)
    _progress(draw, GATHERED)
    seed = seed_for(draw.nonce, str(draw.round.uid), sha256(gathered.inputs))
    found = solved(gathered.inputs, seed)
    _progress(draw, SOLVED)
    return gathered, seed, found


def _fail(draw: Draw, error: Exception) -> Draw:
    kind = next((code for of, code in FAILURES if isinstance(error, of)), DrawFailure.OTHER)
    with perform(draw, "fail", by=SYSTEM, data={"failure": str(kind)}) as row:
        row.failure, row.failure_detail = kind, f"{type(error).__name__}: {error}"[:MOST_REASON]
    return draw


def _lay_out(draw: Draw, gathered: Gathered, seed: str, found: Solved) -> Draw:
    seats = _seats(draw, gathered, found)
    digests = {
        "inputs_sha256": sha256(gathered.inputs),
        "outcome_sha256": sha256(found.outcome),
        "chances_sha256": sha256(found.chances),
    }
    with unit():
        with perform(draw, "lay_out", by=SYSTEM, data={**digests, "seats": len(seats)}) as row:
            row.seed, row.drawn_at, row.progress = seed, timezone.now(), 100
            for name, value in digests.items():
                setattr(row, name, value)
        kept = {"inputs": gathered.inputs, "outcome": found.outcome, "chances": found.chances}
        DrawRecord.objects.create(draw=draw, **{name: zlib.compress(content) for name, content in kept.items()})
        DrawnSeat.objects.bulk_create(seats, batch_size=BATCH)
    return draw


def _progress(draw: Draw, percent: int) -> None:
    Draw.objects.filter(pk=draw.pk).update(progress=percent)


def _seats(draw: Draw, gathered: Gathered, found: Solved) -> list[DrawnSeat]:
    """A row for each pair of the outcome that has no seat yet."""
    fresh = sorted(pair for pair in found.chosen if pair not in gathered.seated)
    why = gathered.likeness.why(gathered.scores, fresh)
    return [
        DrawnSeat(
            draw=draw,
            dossier=gathered.dossiers[p],
            expert=gathered.experts[e],
            chance=Decimal(str(round(float(found.chosen[p, e]), 6))),
            why=as_data(why[p, e]),
        )
        for p, e in fresh
    ]


def take_out(*, seat: DrawnSeat, reason: str, by: Actor) -> Departure:
    """Leave one drawn seat out of what is confirmed. The seat, and the reason for leaving it, stay visible for ever.

    Raises NotAllowed; Refused without a reason, when it was taken out already, or once the draw is confirmed.
    """
    return _change_seat(seat, DepartureKind.OUT, reason, by)


def put_back(*, seat: DrawnSeat, reason: str, by: Actor) -> Departure:
    """Take a drawn seat that was taken out into what is confirmed again; both steps stay visible with their reasons.

    Raises NotAllowed; Refused without a reason, when it was not taken out, or once the draw is confirmed.
    """
    return _change_seat(seat, DepartureKind.RESTORED, reason, by)


def _change_seat(seat: DrawnSeat, kind: DepartureKind, reason: str, by: Actor) -> Departure:
    if not is_officer(seat, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    _check_reason(reason)
    pair = (seat.dossier_id, seat.expert_id)
    with unit():
        draw = Draw.objects.select_for_update(of=("self",)).get(pk=seat.draw_id)
        if draw.state != DrawState.DRAWN:
            raise Refused(Reason("draw_not_open", _("The draw is not open for changes.")))
        if (pair in taken_out(draw)) is (kind == DepartureKind.OUT):
            raise Refused(_changed_already(kind))
        departure = _depart(draw, kind, pair, reason, by)
        Draw.objects.filter(pk=draw.pk).update(version=draw.version + 1)
    return departure


def _changed_already(kind: DepartureKind) -> Reason:
    if kind == DepartureKind.OUT:
        return Reason("taken_out", _("This seat was taken out already."))
    return Reason("not_taken_out", _("This seat stands in the plan already."))


def _depart(draw: Draw, kind: DepartureKind, pair: tuple[int, int], reason: str, by: Actor) -> Departure:
    dossier, expert = pair
    facts = {"kind": kind, "reason": reason.strip(), "by_id": by.pk}
    found: Departure = Departure.objects.create(draw=draw, dossier_id=dossier, expert_id=expert, **facts)
    data = {"kind": str(kind), "dossier": dossier, "expert": expert, "reason": digest(reason.strip())}
    journal.append(action="experts.draw.depart", subject=draw, by=by, data=data)
    return found


def confirm_draw(*, draw: Draw, seen: str, by: Actor) -> list[Assignment]:
    """Assign all seats of a draw that were not taken out, or none; the secret of the draw is revealed.

    seen -- the fingerprint of what was looked at (`queries.draw.fingerprint`). Raises NotAllowed; Stale for another
    fingerprint; Refused with every conflict that arose since.
    """
    with perform(draw, "confirm", by=by, data={"nonce": draw.nonce, "seats": seen}) as row:
        seats = kept_seats(row)
        if fingerprint(row, seats) != seen:
            raise Stale(Reason("stale", _("Something changed since; look at the plan as it is now.")))
        row.revealed_at = timezone.now()
        return _assign(row, seats, by)


def _assign(draw: Draw, seats: Sequence[DrawnSeat], by: Actor) -> list[Assignment]:
    """Take the seats in bulk; whoever is assigned after the invitations went out is invited at once."""
    review_round = ReviewRound.objects.select_for_update(of=("self",)).get(pk=draw.round_id)
    _check(review_round, seats)
    made: list[Assignment] = Assignment.objects.bulk_create(
        [
            Assignment(round=review_round, dossier_id=seat.dossier_id, expert_id=seat.expert_id, why=seat.why,
                       draw=draw, assigned_by_id=by.pk)
            for seat in seats
        ],
        batch_size=BATCH,
    )  # fmt: skip
    if review_round.state != RoundState.DRAWING:
        for assignment in made:
            invite(assignment=assignment, by=by)
    return made


def _check(review_round: ReviewRound, seats: Sequence[DrawnSeat]) -> None:
    """Raise Refused with every reason against any of the seats."""
    if review_round.state not in RUNNING_ROUNDS:
        raise Refused(Reason("round_not_running", _("The round is not open for reviews.")))
    locked = ExpertProfile.objects.select_for_update(of=("self",)).select_related("person").order_by("pk")
    experts = locked.in_bulk({seat.expert_id for seat in seats})
    dossiers = Dossier.objects.defer("content").in_bulk({seat.dossier_id for seat in seats})
    known = conflicts.ground(review_round, list(experts.values()))
    live = review_round.assignments.filter(state__in=LIVE_ASSIGNMENTS)
    taken = set(live.values_list("dossier_id", "expert_id"))
    reasons: list[Reason] = []
    for seat in seats:
        expert, dossier = experts[seat.expert_id], dossiers[seat.dossier_id]
        found = conflicts.assignment_conflicts(known, expert, dossier)
        reasons += [_against(expert, dossier, one.code, one.evidence) for one in found]
        if (dossier.pk, expert.pk) in taken:
            text = _("This expert has a seat at this dossier already.")
            reasons.append(_against(expert, dossier, "already_assigned", text))
        known.loads.add(expert.pk)
    if reasons:
        raise Refused(*reasons[:MOST_TOLD])


def _against(expert: ExpertProfile, dossier: Dossier, code: str, evidence: str) -> Reason:
    facts = {"expert": expert, "title": dossier.title, "why": evidence}
    return Reason(
        code,
        _("%(expert)s, “%(title)s”: %(why)s") % facts,
        _("Take the seat out, or withdraw the draw and draw again."),
    )


def withdraw_draw(*, draw: Draw, by: Actor, note: str) -> Draw:
    """Give a draw up with a reason; it stays in the list, and its secret is revealed."""
    with perform(draw, "withdraw", by=by, note=note, data={"nonce": draw.nonce}) as row:
        row.revealed_at = timezone.now()
    return draw


def note_by_hand(*, assignment: Assignment, kind: DepartureKind, reason: str, by: Actor) -> Departure | None:
    """Note that a seat was given or taken back by hand, where lots bind its round; nothing to note elsewhere.

    What the system does is done by no hand. Raises NotAllowed; Refused without a reason.
    """
    if by_system(assignment, by):
        return None
    if not is_officer(assignment, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    draw = binding_lots(assignment.round)
    if draw is None:
        return None
    _check_reason(reason)
    with unit():
        return _depart(draw, kind, (assignment.dossier_id, assignment.expert_id), reason, by)


def propose(*, review_round: ReviewRound, by: Actor) -> list[Assignment]:
    """Draw and confirm at once, here and now: for those who need no look (demonstration data, tests)."""
    draw = commit_draw(review_round=review_round, by=by)
    start_draw(draw=draw, by=by)
    carry_out(draw=draw)
    return confirm_draw(draw=draw, seen=fingerprint(draw, kept_seats(draw)), by=by)


def _another_draw() -> Reason:
    return Reason(
        "draw_open",
        _("Another draw of this round is open."),
        _("Confirm or withdraw it first."),
    )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(Reason("field:reason", _("A change by hand needs its reason."), _("Say why.")))
    if len(reason.strip()) > MOST_REASON:
        text = _("The reason is longer than %(most)d characters.")
        raise Refused(Reason("field:reason", text % {"most": MOST_REASON}, _("Say it shorter.")))
