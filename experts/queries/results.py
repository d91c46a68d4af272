"""Results of a round: what the room that handed the dossiers in gets back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from experts.enums import DONE_ASSIGNMENTS, AssignmentState, RoundState
from experts.models import Dossier, ReviewRound, ScoreSheet

if TYPE_CHECKING:
    from collections.abc import Iterable

CENT = Decimal("0.01")


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

    mean   -- of the sheets that count, 0 to 100 with two decimals; None without a sheet
    spread -- highest less lowest total
    rank   -- 1 for the best; equal means share a rank and the next one is skipped; None without a sheet
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


def results(review_round: ReviewRound) -> list[Result]:
    """The results in the order of rank, those without sheets last: two queries.

    Once ranked only the locked sheets count, before that the submitted ones (what the ranking would be now).
    """
    sheets = _sheets(review_round)
    dossiers = list(Dossier.objects.filter(round=review_round).defer("content"))
    means = {dossier.pk: _mean(sheets[dossier.pk]) for dossier in dossiers}
    ordered = sorted((mean for mean in means.values() if mean is not None), reverse=True)
    found = [_result(review_round, dossier, sheets[dossier.pk], means[dossier.pk], ordered) for dossier in dossiers]
    return sorted(found, key=lambda row: (row.rank is None, row.rank, row.dossier_id))


def _sheets(review_round: ReviewRound) -> dict[int, list[ScoreSheet]]:
    ranked = review_round.state in (RoundState.RANKED, RoundState.CLOSED)
    states = (AssignmentState.LOCKED,) if ranked else DONE_ASSIGNMENTS
    rows = ScoreSheet.objects.filter(assignment__round=review_round, assignment__state__in=states)
    found: dict[int, list[ScoreSheet]] = defaultdict(list)
    for sheet in rows.select_related("assignment").order_by("assignment__submitted_at", "pk"):
        found[sheet.assignment.dossier_id].append(sheet)
    return found


def _totals(sheets: Iterable[ScoreSheet]) -> list[Decimal]:
    return [sheet.total for sheet in sheets if sheet.total is not None]


def _mean(sheets: list[ScoreSheet]) -> Decimal | None:
    totals = _totals(sheets)
    return (sum(totals, Decimal(0)) / len(totals)).quantize(CENT, ROUND_HALF_UP) if totals else None


def _result(
    review_round: ReviewRound, dossier: Dossier, sheets: list[ScoreSheet], mean: Decimal | None, ordered: list[Decimal]
) -> Result:
    totals = _totals(sheets)
    spread = max(totals) - min(totals) if totals else None
    return Result(
        subject_type=dossier.subject_type,
        subject_id=dossier.subject_id,
        mean=mean,
        sheets=len(totals),
        spread=spread,
        rank=None if mean is None else ordered.index(mean) + 1,
        opinions=tuple(_opinion(number, sheet) for number, sheet in enumerate(sheets, 1)),
        tied=mean is not None and ordered.count(mean) > 1,
        diverges=spread is not None and spread >= review_round.divergence,
        title=dossier.title,
        dossier_id=dossier.pk,
    )


def _opinion(number: int, sheet: ScoreSheet) -> Opinion:
    names: dict[str, Any] = {one["id"]: one["name"] for one in sheet.questions.get("veto", ())}
    failed = tuple(str(names.get(key, key)) for key, passes in sheet.vetoes.items() if passes is False)
    return Opinion(str(number), sheet.total or Decimal(0), sheet.recommendation, sheet.opinion, failed)
