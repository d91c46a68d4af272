"""The scores of a round that count, what is computed from them, and the digest over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from experts.enums import CALIBRATED_METHODS, DONE_ASSIGNMENTS, AssignmentState, RankingMethod, RoundState
from experts.models import Ranking, ReviewRound, ScoreSheet
from experts.ranking.effects import effects
from experts.ranking.plain import LEAST_TRIMMED
from experts.ranking.rank import HEAD, table
from experts.ranking.scores import Scores, components
from workflows.digest import digest

if TYPE_CHECKING:
    from django.db.models import QuerySet

CENT = Decimal("0.01")
# The columns of `experts.ranking.rank.table` that need a model of the whole round.
CALIBRATED = HEAD[3:]


@dataclass(frozen=True)
class Score:
    """One total that counts, by primary keys."""

    dossier: int
    expert: int
    total: Decimal


@dataclass(frozen=True)
class Calibrated:
    """What was computed over a whole round; see `experts.models.Ranking` for the shapes (keys are numbers here)."""

    figures: Mapping[int, Mapping[str, float]]
    groups: Sequence[Sequence[int]]
    offsets: Mapping[int, float]


def counting_sheets(review_round: ReviewRound) -> QuerySet[ScoreSheet]:
    """The sheets that count: the locked ones once ranked, before that the submitted ones."""
    ranked = review_round.state in (RoundState.RANKED, RoundState.CLOSED)
    states = (AssignmentState.LOCKED,) if ranked else DONE_ASSIGNMENTS
    return ScoreSheet.objects.filter(
        assignment__round=review_round, assignment__state__in=states, total__isnull=False
    ).order_by("assignment__submitted_at", "pk")


def scores_of(review_round: ReviewRound) -> list[Score]:
    """The scores that count, in the order of submission: one query."""
    rows = counting_sheets(review_round).values_list("assignment__dossier_id", "assignment__expert_id", "total")
    return [Score(dossier, expert, total) for dossier, expert, total in rows if total is not None]


def by_dossier(scores: Iterable[Score]) -> dict[int, list[Decimal]]:
    """The totals of each dossier."""
    found: dict[int, list[Decimal]] = defaultdict(list)
    for one in scores:
        found[one.dossier].append(one.total)
    return found


def mean(totals: Sequence[Decimal]) -> Decimal:
    """The mean of at least one total, to two decimals."""
    return (sum(totals, Decimal(0)) / len(totals)).quantize(CENT, ROUND_HALF_UP)


def trimmed(totals: Sequence[Decimal], trim_from: int) -> Decimal:
    """The mean without the highest and the lowest, from `trim_from` totals on (three at least); else the mean."""
    return mean(sorted(totals)[1:-1] if len(totals) >= max(LEAST_TRIMMED, trim_from) else totals)


def inputs_digest(scores: Iterable[Score]) -> str:
    """The digest over every score, whatever their order."""
    return digest(sorted([one.dossier, one.expert, str(one.total)] for one in scores))


def as_arrays(scores: Sequence[Score]) -> Scores:
    """The scores for `experts.ranking`; names are primary keys as text."""
    dossiers = list(dict.fromkeys(one.dossier for one in scores))
    experts = list(dict.fromkeys(one.expert for one in scores))
    place, seat = {pk: at for at, pk in enumerate(dossiers)}, {pk: at for at, pk in enumerate(experts)}
    return Scores(
        [str(pk) for pk in dossiers],
        [str(pk) for pk in experts],
        np.array([place[one.dossier] for one in scores]),
        np.array([seat[one.expert] for one in scores]),
        np.array([float(one.total) for one in scores]),
    )


def groups_of(scores: Sequence[Score]) -> list[list[int]]:
    """The dossiers by what links them through common experts, the largest group first; one group can be compared.

    Groups of one size stand in the order of their first dossiers.
    """
    found = [sorted(int(name) for name in group) for group in components(as_arrays(scores))] if scores else []
    return sorted(found, key=lambda group: (-len(group), group))


def calibrate(scores: Sequence[Score]) -> Calibrated:
    """Compute T-score, ridge and random effects; no figures when the reviews fall into groups.

    Takes seconds for thousands of dossiers: for jobs, not for pages.
    """
    groups = groups_of(scores)
    if len(groups) != 1:
        return Calibrated({}, groups, {})
    arrays = as_arrays(scores)
    found = effects(arrays)
    figures = {int(str(row[0])): _numbers(row[3:]) for row in table(arrays, found)}
    offsets = zip(arrays.experts, found.offset.tolist(), strict=True)
    return Calibrated(figures, groups, {int(expert): round(offset, 6) for expert, offset in offsets})


def _numbers(cells: Sequence[Any]) -> dict[str, float]:
    return {name: float(cell) for name, cell in zip(CALIBRATED, cells, strict=True)}


def stored(review_round: ReviewRound, scores: Iterable[Score]) -> Calibrated | None:
    """What was computed from exactly these scores before; None when nothing was: one query."""
    row = Ranking.objects.filter(round=review_round, inputs_sha256=inputs_digest(scores)).first()
    if row is None:
        return None
    figures = {int(key): value for key, value in row.figures.items()}
    return Calibrated(figures, row.groups, {int(key): value for key, value in row.offsets.items()})


def method_values(
    method: str, totals: Mapping[int, Sequence[Decimal]], found: Calibrated | None, trim_from: int
) -> dict[int, Decimal]:
    """The value of each dossier under `method`, two decimals; empty when it needs `found` and cannot be told."""
    if method == RankingMethod.MEAN:
        return {pk: mean(each) for pk, each in totals.items()}
    if method == RankingMethod.TRIMMED:
        return {pk: trimmed(each, trim_from) for pk, each in totals.items()}
    figures = found.figures if found is not None else {}
    return {pk: Decimal(repr(row[method])).quantize(CENT, ROUND_HALF_UP) for pk, row in figures.items()}


def binding_values(review_round: ReviewRound, scores: Sequence[Score]) -> dict[int, Decimal]:
    """The values that the ranks of the round follow; empty when its method cannot be used on these scores.

    Computes what is not stored: a page asks `stored` first.
    """
    found, method = None, review_round.ranking_method
    if method in CALIBRATED_METHODS:
        found = stored(review_round, scores) or calibrate(scores)
    return method_values(method, by_dossier(scores), found, review_round.trim_from)


def ranks(values: Mapping[int, Decimal]) -> dict[int, int]:
    """1 for the highest; equal values share a rank and the next one is skipped."""
    place: dict[Decimal, int] = {}
    for at, value in enumerate(sorted(values.values(), reverse=True), start=1):
        place.setdefault(value, at)
    return {pk: place[value] for pk, value in values.items()}
