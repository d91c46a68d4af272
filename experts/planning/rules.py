"""The rules of the draws of a round, as they stand and as they are frozen with a draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experts.enums import BINDING_DRAWS
from experts.models import Draw, DrawRules

if TYPE_CHECKING:
    from experts.models import ReviewRound

FIELDS = (
    "mode", "probability_cap", "most_per_organisation", "outside_percent", "least_kinds", "most_each", "least_each",
    "even_load",
)  # fmt: skip


def rules_of(review_round: ReviewRound) -> DrawRules:
    """The rules of a round; those it begins with while nobody set any (not saved)."""
    found: DrawRules | None = DrawRules.objects.filter(round=review_round).first()
    return found or DrawRules(round=review_round)


def frozen(rules: DrawRules) -> dict[str, Any]:
    """The rules as a draw keeps them: plain values, decimals as text."""
    found = {name: getattr(rules, name) for name in FIELDS}
    return {**found, "probability_cap": str(rules.probability_cap)}


def thawed(kept: dict[str, Any]) -> DrawRules:
    """The rules that a draw keeps, as an object that is not saved."""
    return DrawRules(**kept)


def are_frozen(review_round: ReviewRound) -> bool:
    """Whether a draw that was not withdrawn binds the round to its rules."""
    return Draw.objects.filter(round=review_round, state__in=BINDING_DRAWS).exists()
