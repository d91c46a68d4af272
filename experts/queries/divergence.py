"""Where experts disagree, and sheets that say the same of everything: flagged with the reason, for an officer to judge.

An expert is extreme whose score lies more than TALA_EXTREME_DEVIATIONS times the usual deviation from the mean of its
dossier. The usual deviation is taken over the whole round: among three to five scores none can ever lie two of their
own deviations from their own mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from experts import scheme as schemes
from experts.enums import AssignmentState
from experts.models import Assignment, Dossier, ExpertProfile
from experts.queries.scores import Score, by_dossier, counting_sheets, scores_of

if TYPE_CHECKING:
    from experts.models import ReviewRound

# Fewer equal ones say nothing.
FEWEST_EQUAL = 3


@dataclass(frozen=True)
class Flag:
    """What to look at: kind (spread, extreme, flat_sheet, flat_expert), the dossiers it is about, a sentence."""

    kind: str
    dossiers: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Flagged:
    """One dossier with its flags, and the seat that is proposed for one more expert."""

    dossier: int
    uid: UUID
    title: str
    flags: tuple[Flag, ...]
    proposed: Assignment | None


def usual_deviation(scores: Iterable[Score]) -> float | None:
    """The deviation of scores from the means of their dossiers over the whole round; None when it cannot be told."""
    squares, free = 0.0, 0
    for totals in by_dossier(scores).values():
        middle = float(sum(totals)) / len(totals)
        squares += sum((float(total) - middle) ** 2 for total in totals)
        free += len(totals) - 1
    return (squares / free) ** 0.5 if free else None


def extremes(scores: Sequence[Score]) -> list[tuple[Score, Decimal]]:
    """The extreme scores, each with how far it lies from the mean of its dossier (points)."""
    usual = usual_deviation(scores)
    if not usual:
        return []
    totals = by_dossier(scores)
    apart = [(one, one.total - sum(totals[one.dossier], Decimal(0)) / len(totals[one.dossier])) for one in scores]
    return [(one, away) for one, away in apart if abs(float(away)) > settings.EXTREME_DEVIATIONS * usual]


def diverging(review_round: ReviewRound, scores: Sequence[Score]) -> set[int]:
    """The dossiers whose spread reaches what the round flags, or that have an extreme score."""
    wide = {pk for pk, each in by_dossier(scores).items() if max(each) - min(each) >= review_round.divergence}
    return wide | {one.dossier for one, _away in extremes(scores)}


def flags(review_round: ReviewRound) -> list[Flag]:
    """Everything flagged in the round: three queries."""
    scores = scores_of(review_round)
    rows = ExpertProfile.objects.filter(pk__in={one.expert for one in scores}).values_list("pk", "person__name")
    names = dict(rows)
    return [
        *_wide(review_round, scores),
        *_extreme(scores, names),
        *_flat_sheets(review_round, names),
        *_flat_experts(scores, names),
    ]


def _wide(review_round: ReviewRound, scores: Sequence[Score]) -> list[Flag]:
    told = _("The scores are %(spread)s points apart; %(least)s are flagged.")
    return [
        Flag("spread", (pk,), told % {"spread": max(each) - min(each), "least": review_round.divergence})
        for pk, each in by_dossier(scores).items()
        if max(each) - min(each) >= review_round.divergence
    ]


def _extreme(scores: Sequence[Score], names: dict[int, str]) -> list[Flag]:
    usual = usual_deviation(scores) or 0.0
    told = _("%(name)s is %(away)s points off the mean, %(times)s times the usual deviation of the round.")
    return [
        Flag(
            "extreme",
            (one.dossier,),
            told % {"name": names[one.expert], "away": f"{away:+.1f}", "times": f"{abs(float(away)) / usual:.1f}"},
        )
        for one, away in extremes(scores)
    ]


def _flat_sheets(review_round: ReviewRound, names: dict[int, str]) -> list[Flag]:
    criteria = schemes.read(review_round.scheme).criteria
    if len(criteria) < FEWEST_EQUAL:
        return []
    rows = counting_sheets(review_round).values_list("assignment__dossier_id", "assignment__expert_id", "scores")
    told = _("%(name)s gave every criterion the same share of its points.")
    return [
        Flag("flat_sheet", (dossier,), told % {"name": names.get(expert, "")})
        for dossier, expert, given in rows
        if len({Decimal(given.get(one.id, 0)) / one.most for one in criteria}) == 1
    ]


def _flat_experts(scores: Sequence[Score], names: dict[int, str]) -> list[Flag]:
    given: dict[int, list[Score]] = defaultdict(list)
    for one in scores:
        given[one.expert].append(one)
    told = _("%(name)s gave all %(count)d dossiers %(total)s points.")
    return [
        Flag(
            "flat_expert",
            tuple(one.dossier for one in each),
            told % {"name": names[expert], "count": len(each), "total": each[0].total},
        )
        for expert, each in given.items()
        if len(each) >= FEWEST_EQUAL and len({one.total for one in each}) == 1
    ]


def flagged(review_round: ReviewRound) -> list[Flagged]:
    """The dossiers with flags, in the order they were handed in: five queries."""
    found: dict[int, list[Flag]] = defaultdict(list)
    for flag in flags(review_round):
        for pk in flag.dossiers:
            found[pk].append(flag)
    waiting = Assignment.objects.filter(round=review_round, dossier__in=found, state=AssignmentState.DRAWN)
    proposed = {one.dossier_id: one for one in waiting.select_related("expert__person")}
    rows = Dossier.objects.filter(pk__in=found).order_by("pk").values_list("pk", "uid", "title")
    return [Flagged(pk, uid, title, tuple(found[pk]), proposed.get(pk)) for pk, uid, title in rows]
