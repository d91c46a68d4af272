"""The ranking of a round: which method binds, and the figures that are computed once."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from experts.enums import RUNNING_ROUNDS, RankingMethod, RoundState
from experts.models import Ranking, ReviewRound, ScoreSheet
from experts.queries.scores import calibrate, inputs_digest, scores_of
from experts.rules import is_officer
from workflows.actions import journal
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Reason, Refused


def is_scored(review_round: ReviewRound) -> bool:
    """Whether a first score is written: from then on nothing is chosen that an outcome could speak for."""
    return ScoreSheet.objects.filter(assignment__round=review_round).exists()


def method_refusals(review_round: ReviewRound) -> list[Reason]:
    """Why the binding method cannot be chosen any more: it is set before anybody has seen a score."""
    if review_round.state not in (RoundState.PLANNED, *RUNNING_ROUNDS):
        return [Reason("round_not_running", _("The round is not open for reviews."))]
    if is_scored(review_round):
        frozen = _("The first scores are written, so that the method is frozen.")
        return [Reason("method_frozen", frozen, _("All methods stand side by side on the page of scores."))]
    return []


def choose_method(*, review_round: ReviewRound, method: str, by: Actor) -> ReviewRound:
    """Choose what the ranks of the round follow. The same again changes nothing.

    Raises NotAllowed; Refused for an unknown method, and from the first score on.
    """
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if method not in RankingMethod.values:
        raise Refused(Reason("method_unknown", _("There is no such method."), _("Choose one of the list.")))
    with unit():
        row: ReviewRound = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        if row.ranking_method == method:
            return row
        if refusals := method_refusals(row):
            raise Refused(*refusals)
        before, row.ranking_method = row.ranking_method, method
        row.save(update_fields=["ranking_method"])
        journal.append(action="experts.round.method", subject=row, by=by, data={"from": before, "to": method})
    review_round.refresh_from_db()
    return review_round


def ask_ranking(*, review_round: ReviewRound, by: Actor) -> None:
    """Have the calibrated figures computed by a job. Raises NotAllowed; Refused while there are no scores."""
    if not is_officer(review_round, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    if not scores_of(review_round):
        raise Refused(Reason("no_scores", _("No sheet is submitted yet."), _("Wait for the first sheets.")))
    queue_ranking(review_round=review_round)


def queue_ranking(*, review_round: ReviewRound) -> None:
    """Queue the computation, once a second at most."""
    key = f"experts.ranking:{review_round.uid}:{timezone.now():%Y%m%d%H%M%S}"
    queue(kind="experts.ranking", key=key, payload={"round_id": review_round.pk})


def settle_figures(*, review_round: ReviewRound) -> None:
    """The scores are final: figures that came from others are dropped, and those of the final ones computed."""
    rows = Ranking.objects.filter(round=review_round)
    rows.exclude(inputs_sha256=inputs_digest(scores_of(review_round))).delete()
    queue_ranking(review_round=review_round)


def compute_ranking(*, review_round: ReviewRound) -> Ranking | None:
    """Compute and keep the calibrated figures of the scores that count now; None without scores.

    Figures of the same scores are kept as they are. Scores that change while it computes leave figures whose digest
    is not theirs, which no page shows.
    """
    scores = scores_of(review_round)
    inputs = inputs_digest(scores)
    known: Ranking | None = Ranking.objects.filter(round=review_round).first()
    if not scores or (known is not None and known.inputs_sha256 == inputs):
        return known
    found = calibrate(scores)
    kept = {"figures": found.figures, "groups": found.groups, "offsets": found.offsets}
    with unit():
        row: Ranking
        row, _fresh = Ranking.objects.update_or_create(
            round=review_round, defaults={"inputs_sha256": inputs, "computed_at": timezone.now(), **kept}
        )
        facts = {"inputs": inputs, "scores": len(scores), "groups": len(found.groups)}
        journal.append(action="experts.ranking.compute", subject=row, by=SYSTEM, data=facts)
    return row
