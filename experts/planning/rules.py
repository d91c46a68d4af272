"""The rules of the draws of a round, as they stand and as they are frozen with a draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from experts.draw.reading import LEAST_CAP
from experts.enums import BINDING_DRAWS, RUNNING_ROUNDS, DrawMode, RoundState
from experts.models import Draw, DrawRules
from workflows.errors import Reason

if TYPE_CHECKING:
    from experts.models import ReviewRound

SETTABLE = (RoundState.PLANNED, *RUNNING_ROUNDS)
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


def are_frozen(draws: Iterable[Draw]) -> bool:
    """Whether one of the draws of a round was not withdrawn and binds it to its rules."""
    return any(draw.state in BINDING_DRAWS for draw in draws)


def may_be_set(review_round: ReviewRound, draws: Iterable[Draw]) -> bool:
    """Whether the rules of a round with these draws can still be changed."""
    return review_round.state in SETTABLE and not are_frozen(draws)


def faults(rules: DrawRules, seats: int) -> Iterator[Reason]:
    """What is wrong with the rules of a round with so many seats per dossier; nothing when they can be kept."""
    if rules.mode == DrawMode.DRAWN and not LEAST_CAP <= float(rules.probability_cap) <= 1:
        text = _("The highest chance must be a number from %(least)s to 1.")
        yield Reason("field:probability_cap", text % {"least": LEAST_CAP})
    if rules.least_kinds and rules.mode != DrawMode.BEST:
        yield Reason(
            "field:mode",
            _("“%(mode)s” cannot promise kinds of experts in each panel.") % {"mode": DrawMode(rules.mode).label},
            _("Choose “%(best)s”, or leave the kinds empty.") % {"best": DrawMode.BEST.label},
        )
    if any(number > seats for number in rules.least_kinds.values()):
        text = _("A panel has %(seats)d seats; more of one kind do not fit.")
        yield Reason("field:least_kinds", text % {"seats": seats})
    if rules.most_each is not None and rules.least_each > rules.most_each:
        yield Reason("field:least_each", _("The least number of dossiers per expert is above the most."))
