"""What credit is computed from, and how it is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from experts import credit
from experts.enums import DONE_ASSIGNMENTS, AssignmentState
from experts.models import Assignment, ExpertCredit
from experts.queries.divergence import usual_deviation
from experts.queries.scores import by_dossier, counting_sheets, scores_of
from experts.sheets import letters

if TYPE_CHECKING:
    from experts.models import ReviewRound

NAMES = {
    "punctuality": _("sheets submitted as promised"),
    "agreement": _("nearness to the other experts"),
    "opinion": _("length of the opinions"),
    "rating": _("the officer's rating"),
}
# How many of the last rounds make up the credit of an expert.
ROUNDS = 5


def computed_parts(review_round: ReviewRound) -> dict[int, dict[str, Decimal]]:
    """The parts of every expert who promised a sheet, by primary key of the expert: three queries."""
    promised, done = _promises(review_round)
    lengths = _lengths(review_round)
    deviations, usual = _deviations(review_round)
    found: dict[int, dict[str, Decimal]] = {}
    for expert in promised:
        parts = {
            "punctuality": credit.punctuality(done[expert], promised[expert]),
            "agreement": credit.agreement(deviations[expert], usual),
            "opinion": credit.opinion(lengths[expert], settings.CREDIT_OPINION),
        }
        found[expert] = {name: part for name, part in parts.items() if part is not None}
    return found


def _promises(review_round: ReviewRound) -> tuple[dict[int, int], dict[int, int]]:
    promised: dict[int, int] = defaultdict(int)
    done: dict[int, int] = defaultdict(int)
    signed = Assignment.objects.filter(round=review_round, statement_signed_at__isnull=False)
    kept = (*DONE_ASSIGNMENTS, AssignmentState.EXPIRED)
    for expert, state in signed.filter(state__in=kept).values_list("expert_id", "state"):
        promised[expert] += 1
        done[expert] += state in DONE_ASSIGNMENTS
    return promised, done


def _lengths(review_round: ReviewRound) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for expert, text in counting_sheets(review_round).values_list("assignment__expert_id", "opinion"):
        found[expert].append(letters(text))
    return found


def _deviations(review_round: ReviewRound) -> tuple[dict[int, list[Decimal]], Decimal | None]:
    scores = scores_of(review_round)
    totals, usual = by_dossier(scores), usual_deviation(scores)
    found: dict[int, list[Decimal]] = defaultdict(list)
    for one in scores:
        each = totals[one.dossier]
        if len(each) > 1:
            found[one.expert].append(one.total - sum(each, Decimal(0)) / len(each))
    return found, Decimal(repr(usual)) if usual else None


def credit_of(experts: Iterable[int]) -> dict[int, Decimal]:
    """The mean credit of each expert over the last rounds, by primary key; who has none is missing: one query."""
    rows = ExpertCredit.objects.filter(expert__in=list(experts)).order_by("-round_id").values_list("expert_id", "score")
    last: dict[int, list[Decimal]] = defaultdict(list)
    for expert, value in rows:
        if len(last[expert]) < ROUNDS:
            last[expert].append(value)
    return {expert: (sum(each, Decimal(0)) / len(each)).quantize(credit.CENT) for expert, each in last.items()}


def shown(row: ExpertCredit) -> list[tuple[Any, str, int]]:
    """The parts of a credit with their names and the weights they count with, those without a weight left out."""
    return [(NAMES[name], row.parts[name], weight) for name, weight in row.weights.items() if name in row.parts]
