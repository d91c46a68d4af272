"""Assignments: who reviews what, from the plan to the seat given back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from experts import conflicts, notices
from experts.actions.round import begin_scoring
from experts.enums import LIVE_ASSIGNMENTS, RUNNING_ROUNDS, AssignmentState, DepartureKind, RoundState
from experts.matching import Match, as_data
from experts.models import Assignment, ConflictDeclaration, Dossier, ExpertProfile, ReviewRound, RoundStatement
from experts.plan import fit
from experts.queries.batch import has_declared_on_names
from experts.queries.invitations import signed_at
from experts.rules import is_officer, is_officer_or_system, is_the_expert
from experts.statement import STATEMENT
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused


def assign_expert(
    *, dossier: Dossier, expert: ExpertProfile, by: Actor, found: Match | None = None, reason: str = ""
) -> Assignment:
    """Give `expert` a seat at `dossier`; where invitations went out already, the expert is invited at once.

    reason -- needed where lots are drawn: a seat given by hand is a departure from the draw.
    Raises NotAllowed; Refused with every conflict and its evidence, when the seat is taken, or without a reason.
    """
    from experts.actions.draw import note_by_hand

    if not is_officer(dossier, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        review_round = _running(dossier)
        locked = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=expert.pk)
        known = conflicts.ground(review_round, [locked])
        made = _seat(dossier, locked, known=known, found=found or fit(locked, dossier), by=by)
        note_by_hand(assignment=made, kind=DepartureKind.IN, reason=reason, by=by)
    return made


def propose_seat(*, dossier: Dossier, expert: ExpertProfile, found: Match, by: Actor) -> Assignment:
    """Give `expert` a seat that waits for the officer's invitation. Raises NotAllowed; Refused with every conflict."""
    if not is_officer_or_system(dossier, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        locked = ExpertProfile.objects.select_for_update(of=("self",)).get(pk=expert.pk)
        known = conflicts.ground(_running(dossier), [locked])
        return _take(dossier, locked, known=known, found=found, by=by)


def _seat(dossier: Dossier, expert: ExpertProfile, *, known: conflicts.Ground, found: Match, by: Actor) -> Assignment:
    """Take one seat for a locked expert, who is invited where invitations went out."""
    assignment = _take(dossier, expert, known=known, found=found, by=by)
    if assignment.round.state != RoundState.DRAWING:
        invite(assignment=assignment, by=by)
    return assignment


def _take(dossier: Dossier, expert: ExpertProfile, *, known: conflicts.Ground, found: Match, by: Actor) -> Assignment:
    """Take one seat for a locked expert; the load in `known` grows with it."""
    review_round = _running(dossier)
    reasons = [one.reason for one in conflicts.assignment_conflicts(known, expert, dossier)]
    if dossier.assignments.filter(expert=expert, state__in=LIVE_ASSIGNMENTS).exists():
        reasons.append(Reason("already_assigned", _("This expert has a seat at this dossier already.")))
    if reasons:
        raise Refused(*reasons)
    assignment: Assignment = Assignment.objects.create(
        round=review_round, dossier=dossier, expert=expert, why=as_data(found), assigned_by_id=by.pk
    )
    known.loads.add(expert.pk)
    facts = {"expert": expert.pk, "dossier": dossier.pk}
    journal.append(action="experts.assignment.draw", subject=assignment, by=by, data=facts)
    return assignment


def invite(*, assignment: Assignment, by: Actor, note: str = "") -> Assignment:
    """Send the invitation; the expert sees it from now on."""
    with unit():
        with perform(assignment, "invite", by=by, note=note) as row:
            row.invited_at = timezone.now()
            row.title_open = not row.round.names_first or has_declared_on_names(row.round, row.expert)
            row.answer_by = _answer_by(row)
        assignment.refresh_from_db(fields=["title_open"])
        notices.invited(assignment)
    return assignment


def accept(*, assignment: Assignment, by: Actor, statement: bool, note: str = "") -> Assignment:
    """Accept the invitation. Refused without the statement of impartiality and confidentiality.

    statement -- whether it is signed now; once signed in a round it stands for all of the expert's dossiers there.
    Refused too while the names of the batch were not looked through, where the round asks for it.
    """
    if not assignment.title_open:
        text = _("Look through the names of the batch first.")
        raise Refused(Reason("names_first", text, _("The page of the invitation leads there.")))
    with unit():
        with perform(assignment, "accept", by=by, note=note) as row:
            row.statement_signed_at = sign_statement(row) if statement else signed_at(row)
        begin_scoring(review_round=assignment.round)
    return assignment


def accept_all(*, assignments: Sequence[Assignment], by: Actor, statement: bool) -> list[Assignment]:
    """Accept several invitations with one statement, or none: one refusal undoes all. Raises what `accept` raises."""
    with unit():
        return [accept(assignment=one, by=by, statement=statement) for one in assignments]


def sign_statement(assignment: Assignment) -> dt.datetime:
    """Sign the statement for the round of `assignment`, once; when it was signed."""
    words = str(STATEMENT)
    signed, fresh = RoundStatement.objects.get_or_create(
        round_id=assignment.round_id, expert_id=assignment.expert_id, defaults={"text": words}
    )
    if fresh:
        facts = {"expert": assignment.expert_id, "text": digest(words)}
        by = User.objects.get(person__expert=assignment.expert_id)
        journal.append(action="experts.statement.sign", subject=signed, by=by, data=facts)
    return signed.signed_at


def decline(*, assignment: Assignment, by: Actor, note: str, suggestion: str = "") -> Assignment:
    """Decline with a reason; the officer finds the seat free, and whom the expert would ask instead."""
    with perform(assignment, "decline", by=by, note=note) as row:
        row.suggestion = suggestion.strip()
    return assignment


def declare_conflict(*, assignment: Assignment, kind: str, by: Actor, note: str = "") -> Assignment:
    """Declare a conflict of interest at any time before submitting: the expert is recused for this subject for good."""
    if not is_the_expert(assignment, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with perform(assignment, "recuse", by=by, data={"kind": kind}) as row:
        try:
            row.declaration = ConflictDeclaration.objects.create(assignment=row, kind=kind, note=note)
        except IntegrityError as error:
            raise Refused(Reason("declaration_missing", _("Say what kind of conflict it is."))) from error
    return assignment


def replace(*, assignment: Assignment, by: Actor, note: str) -> Assignment:
    """Take the seat back from an expert who does not answer or write; the seat is free."""
    from experts.actions.draw import note_by_hand

    with unit():
        with perform(assignment, "replace", by=by, note=note):
            pass
        note_by_hand(assignment=assignment, kind=DepartureKind.BACK, reason=note, by=by)
        notices.replaced(assignment)
    return assignment


def expire(*, assignment: Assignment) -> Assignment:
    """The time is over: what is not submitted expires, and the expert is told."""
    with unit():
        end(assignment=assignment)
        notices.expired(assignment)
    return assignment


def end(*, assignment: Assignment) -> Assignment:
    """Expire a seat without a word: whoever ends its round tells what happened."""
    with perform(assignment, "expire", by=SYSTEM):
        pass
    return assignment


def lock(*, assignment: Assignment) -> Assignment:
    """The round is ranked: the sheet counts and cannot change any more."""
    with perform(assignment, "lock", by=SYSTEM):
        pass
    return assignment


def expire_unanswered() -> int:
    """Expire every invitation that was not answered in time; how many there were. For the clock, idempotent."""
    late = Assignment.objects.filter(
        round__state__in=RUNNING_ROUNDS, state=AssignmentState.INVITED, answer_by__lte=timezone.now()
    )
    found = list(late.select_related("round", "dossier", "expert"))
    for one in found:
        with unit():
            end(assignment=one)
            notices.unanswered(one)
    return len(found)


def _answer_by(assignment: Assignment) -> dt.datetime:
    """The end of the days to answer, not after the scores are due."""
    review_round = assignment.round
    last = timezone.now() + dt.timedelta(days=review_round.answer_days)
    return min(last, review_round.score_deadline or last)


def expire_overdue() -> int:
    """Expire every open assignment whose scores were due; how many there were. For the clock, idempotent."""
    overdue = Assignment.objects.filter(
        round__state__in=RUNNING_ROUNDS,
        round__score_deadline__lte=timezone.now(),
        state__in=("invited", "accepted", "scoring"),
    )
    expired = [expire(assignment=one) for one in overdue.select_related("round", "dossier", "expert")]
    return len(expired)


def _running(dossier: Dossier) -> ReviewRound:
    running = ReviewRound.objects.filter(dossiers=dossier, state__in=RUNNING_ROUNDS)
    found: ReviewRound | None = running.first()
    if found is None:
        raise Refused(Reason("round_not_running", _("The round is not open for reviews.")))
    return found
