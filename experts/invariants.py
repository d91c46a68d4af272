"""Sentences that are true of the reviews at every moment."""

from __future__ import annotations

from collections.abc import Iterator

from experts import scheme as schemes
from experts.actions.dossier import frozen_digest
from experts.enums import DONE_ASSIGNMENTS, LIVE_ASSIGNMENTS, AssignmentState, RoundState
from experts.models import Assignment, Dossier, ScoreSheet
from workflows.invariants import invariant


@invariant("experts.frozen", "a dossier's digest is the one it was handed in with", cheap=False)
def dossiers_are_frozen() -> Iterator[str]:
    """One line for each dossier that was changed."""
    for dossier in Dossier.objects.iterator():
        if frozen_digest(dossier) != dossier.sha256:
            yield f"dossier {dossier.pk}"


@invariant("experts.totals", "the total of a submitted sheet is the weighted sum of its scores")
def totals_add_up() -> Iterator[str]:
    """One line for each sheet whose total is another."""
    for sheet in ScoreSheet.objects.filter(assignment__state__in=DONE_ASSIGNMENTS):
        if schemes.read(sheet.questions).total(sheet.scores) != sheet.total or sheet.total is None:
            yield f"sheet {sheet.pk}"


@invariant(
    "experts.locked", "a ranked round has no sheet that can still change, and locked ones stand in ranked rounds"
)
def ranked_rounds_are_locked() -> Iterator[str]:
    """One line for each assignment on the wrong side."""
    over = (RoundState.RANKED, RoundState.CLOSED)
    open_states = [state for state in LIVE_ASSIGNMENTS if state != AssignmentState.LOCKED]
    loose = Assignment.objects.filter(round__state__in=over, state__in=open_states)
    early = Assignment.objects.filter(state=AssignmentState.LOCKED).exclude(round__state__in=over)
    for pk in (*loose.values_list("pk", flat=True), *early.values_list("pk", flat=True)):
        yield f"assignment {pk}"


@invariant("experts.one_round", "an assignment and its dossier are in the same round")
def assignments_stay_in_their_round() -> Iterator[str]:
    """One line for each assignment whose dossier is elsewhere."""
    for pk, own, other in Assignment.objects.values_list("pk", "round_id", "dossier__round_id"):
        if own != other:
            yield f"assignment {pk}"


@invariant("experts.recused", "an expert who declared a conflict holds no seat at that subject")
def declared_conflicts_hold() -> Iterator[str]:
    """One line for each declaration beside a live seat at the same dossier."""
    declared = Assignment.objects.filter(declaration__isnull=False).values_list("pk", "expert_id", "dossier_id")
    live = set(Assignment.objects.filter(state__in=LIVE_ASSIGNMENTS).values_list("expert_id", "dossier_id"))
    for pk, expert, dossier in declared:
        if (expert, dossier) in live:
            yield f"assignment {pk}"
