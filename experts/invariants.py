"""Sentences that are true of the reviews at every moment."""

from __future__ import annotations

from collections.abc import Iterator

from experts import invariants_meeting  # noqa: F401 - registers its own
from experts import scheme as schemes
from experts.actions.dossier import frozen_digest
from experts.draw.seed import kept
from experts.enums import (
    DONE_ASSIGNMENTS,
    LIVE_ASSIGNMENTS,
    AssignmentState,
    DepartureKind,
    DrawMode,
    DrawState,
    RoundState,
)
from experts.fees import amount as fee_amount
from experts.models import Assignment, Departure, Dossier, Draw, DrawnSeat, FeeLine, Ranking, ScoreSheet
from experts.planning.replay import differences
from experts.queries.draw import left_out
from experts.queries.scores import inputs_digest, scores_of
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


@invariant("experts.figures", "the stored figures of a ranked round are those of its locked sheets")
def figures_are_of_their_scores() -> Iterator[str]:
    """One line for each ranking whose digest is another."""
    for ranking in Ranking.objects.select_related("round").filter(
        round__state__in=(RoundState.RANKED, RoundState.CLOSED)
    ):
        if ranking.inputs_sha256 != inputs_digest(scores_of(ranking.round)):
            yield f"ranking {ranking.pk}"


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


@invariant("experts.draw_kept", "the seats assigned by a confirmed draw are those it drew less those taken out by hand")
def confirmed_draws_are_kept() -> Iterator[str]:
    """One line for each confirmed draw of which more or less was assigned, each other of which anything was."""
    pair = ("draw_id", "dossier_id", "expert_id")
    confirmed = {"draw__state": DrawState.CONFIRMED}
    drawn = set(DrawnSeat.objects.filter(**confirmed).values_list(*pair))
    changed = Departure.objects.filter(**confirmed).order_by("pk").values_list(*pair, "kind")
    out = left_out(((draw, dossier, expert), kind) for draw, dossier, expert, kind in changed)
    given = set(Assignment.objects.filter(draw__isnull=False).values_list(*pair))
    for draw in sorted({draw for draw, _dossier, _expert in (drawn - out) ^ given}):
        yield f"draw {draw}"


@invariant("experts.draw_by_hand", "where lots bind a round, a seat that was not drawn has a departure with its reason")
def hand_given_seats_are_told() -> Iterator[str]:
    """One line for each seat that somebody gave and nobody accounts for."""
    told = set(Departure.objects.filter(kind=DepartureKind.IN).values_list("dossier_id", "expert_id"))
    bound = Draw.objects.filter(mode=DrawMode.DRAWN, state=DrawState.CONFIRMED)
    since = dict(bound.order_by("-pk").values_list("round_id", "created_at"))
    rows = Assignment.objects.filter(draw__isnull=True, assigned_by__isnull=False, round_id__in=since)
    for pk, review_round, dossier, expert, at in rows.values_list(
        "pk", "round_id", "dossier_id", "expert_id", "created_at"
    ):
        if at >= since[review_round] and (dossier, expert) not in told:
            yield f"assignment {pk}"


@invariant("experts.draw_secret", "the secret of every draw is the one that was committed to")
def secrets_are_kept() -> Iterator[str]:
    """One line for each draw whose secret is another."""
    for draw in Draw.objects.only("pk", "nonce", "commitment"):
        if not kept(draw.nonce, draw.commitment):
            yield f"draw {draw.pk}"


@invariant("experts.draw_replayed", "every draw comes out the same when it is done over", cheap=False)
def draws_come_out_the_same() -> Iterator[str]:
    """One line for each draw, with its first difference."""
    for draw in Draw.objects.select_related("round"):
        first = next(differences(draw), None)
        if first:
            yield f"draw {draw.pk}: {first}"


@invariant("experts.fees", "the lines of a fee sheet amount to what its standard says")
def fees_add_up() -> Iterator[str]:
    """One line for each amount that is another."""
    for line in FeeLine.objects.select_related("sheet__standard"):
        due = fee_amount(line.sheet.standard, line.grade, tasks=line.tasks, days=line.days, half_days=line.half_days)
        if due != line.amount:
            yield f"fee line {line.pk}"
