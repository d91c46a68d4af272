"""Seats and sheets of a round: who sits where, what is lacking."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from experts.enums import DONE_ASSIGNMENTS, LIVE_ASSIGNMENTS
from experts.models import Assignment, Dossier

if TYPE_CHECKING:
    from experts.models import ReviewRound


def sheet_counts(review_round: ReviewRound) -> dict[int, int]:
    """How many submitted sheets each dossier has: one query."""
    done = review_round.assignments.filter(state__in=DONE_ASSIGNMENTS)
    return dict(done.values_list("dossier_id").annotate(count=Count("pk")))


@dataclass(frozen=True)
class Seats:
    """One dossier of a round with its assignments; `lacking` seats are not taken."""

    dossier: Dossier
    assignments: list[Assignment]
    live: int
    done: int
    lacking: int


def seats(review_round: ReviewRound) -> list[Seats]:
    """Every dossier with its seats, those that lack most first: two queries."""
    by_dossier: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in review_round.assignments.select_related("expert__person", "sheet"):
        by_dossier[assignment.dossier_id].append(assignment)
    rows = [_seats(review_round, dossier, by_dossier[dossier.pk]) for dossier in review_round.dossiers.all()]
    return sorted(rows, key=lambda row: (-row.lacking, row.dossier.pk))


def _seats(review_round: ReviewRound, dossier: Dossier, assignments: list[Assignment]) -> Seats:
    live = sum(one.state in LIVE_ASSIGNMENTS for one in assignments)
    done = sum(one.state in DONE_ASSIGNMENTS for one in assignments)
    return Seats(dossier, assignments, live, done, max(0, review_round.experts_per_dossier - live))


def free_seats(review_round: ReviewRound) -> int:
    """How many seats of the round nobody has: two queries."""
    live = review_round.assignments.filter(state__in=LIVE_ASSIGNMENTS)
    taken = dict(live.values_list("dossier_id").annotate(count=Count("pk")))
    each = review_round.experts_per_dossier
    return sum(max(0, each - taken.get(pk, 0)) for pk in review_round.dossiers.values_list("pk", flat=True))
