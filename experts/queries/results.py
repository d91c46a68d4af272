"""Results of a round: what the room that handed the dossiers in gets back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from experts.enums import RankingMethod
from experts.models import Dossier, ReviewRound, ScoreSheet
from experts.queries.scores import binding_values, by_dossier, counting_sheets, mean, ranks, scores_of

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Opinion:
    """What one expert wrote, without who it was; `label` is "1", "2" … in the order of submission."""

    label: str
    total: Decimal
    recommendation: str
    text: str
    vetoed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One dossier's result.

    score  -- by the method that binds the round, two decimals; None when it cannot be told
    method -- the method that binds (RankingMethod)
    mean   -- of the sheets that count, 0 to 100 with two decimals; None without a sheet
    spread -- highest less lowest total
    rank   -- 1 for the best score; equal scores share a rank and the next one is skipped; None without a score
    tied   -- whether another dossier has the same rank
    diverges -- whether the spread reaches what the round flags
    opinions -- anonymised, in the order of submission
    """

    subject_type: str
    subject_id: str
    mean: Decimal | None
    sheets: int
    spread: Decimal | None
    rank: int | None
    opinions: tuple[Opinion, ...]
    tied: bool = False
    diverges: bool = False
    title: str = ""
    dossier_id: int = 0
    score: Decimal | None = None
    method: str = RankingMethod.MEAN


@dataclass(frozen=True)
class Place:
    """The binding score of a dossier, its rank, and whether another one shares it."""

    score: Decimal | None
    rank: int | None
    tied: bool


def results(review_round: ReviewRound) -> list[Result]:
    """The results in the order of rank, those without a score last: three queries, four with a calibrated method.

    Once ranked only the locked sheets count, before that the submitted ones (what the ranking would be now).
    """
    scores = scores_of(review_round)
    values = binding_values(review_round, scores)
    places, totals = ranks(values), by_dossier(scores)
    shared = Counter(places.values())
    sheets = sheets_by_dossier(review_round)
    found = [
        _result(
            review_round,
            dossier,
            sheets[dossier.pk],
            totals.get(dossier.pk, []),
            Place(values.get(dossier.pk), places.get(dossier.pk), shared[places.get(dossier.pk, 0)] > 1),
        )
        for dossier in Dossier.objects.filter(round=review_round).defer("content")
    ]
    return sorted(found, key=lambda row: (row.rank is None, row.rank, row.dossier_id))


def sheets_by_dossier(review_round: ReviewRound, dossiers: Iterable[int] | None = None) -> dict[int, list[ScoreSheet]]:
    """The sheets that count, of all dossiers or those of these primary keys, in the order of submission: one query."""
    rows = counting_sheets(review_round).select_related("assignment")
    if dossiers is not None:
        rows = rows.filter(assignment__dossier__in=list(dossiers))
    found: dict[int, list[ScoreSheet]] = defaultdict(list)
    for sheet in rows:
        found[sheet.assignment.dossier_id].append(sheet)
    return found


def _result(
    review_round: ReviewRound, dossier: Dossier, sheets: list[ScoreSheet], totals: list[Decimal], place: Place
) -> Result:
    spread = max(totals) - min(totals) if totals else None
    return Result(
        subject_type=dossier.subject_type,
        subject_id=dossier.subject_id,
        mean=mean(totals) if totals else None,
        sheets=len(totals),
        spread=spread,
        rank=place.rank,
        opinions=opinions_of(sheets),
        tied=place.tied,
        diverges=spread is not None and spread >= review_round.divergence,
        title=dossier.title,
        dossier_id=dossier.pk,
        score=place.score,
        method=review_round.ranking_method,
    )


def opinions_of(sheets: Iterable[ScoreSheet]) -> tuple[Opinion, ...]:
    """What the experts wrote, without who they are."""
    return tuple(_opinion(number, sheet) for number, sheet in enumerate(sheets, 1))


def _opinion(number: int, sheet: ScoreSheet) -> Opinion:
    names: dict[str, Any] = {one["id"]: one["name"] for one in sheet.questions.get("veto", ())}
    failed = tuple(str(names.get(key, key)) for key, passes in sheet.vetoes.items() if passes is False)
    return Opinion(str(number), sheet.total or Decimal(0), sheet.recommendation, sheet.opinion, failed)
