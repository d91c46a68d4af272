"""Seats and sheets of a round: who sits where, what is lacking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count as Number
from django.db.models import Q

from experts.enums import DONE_ASSIGNMENTS, GIVEN_BACK, LIVE_ASSIGNMENTS
from experts.models import Assignment, Dossier

if TYPE_CHECKING:
    from experts.models import ReviewRound


def sheet_counts(review_round: ReviewRound) -> dict[int, int]:
    """How many submitted sheets each dossier has: one query."""
    done = review_round.assignments.filter(state__in=DONE_ASSIGNMENTS)
    return dict(done.values_list("dossier_id").annotate(count=Number("pk")))


@dataclass(frozen=True)
class Seats:
    """One dossier of a round with its assignments; `lacking` seats are not taken."""

    dossier: Dossier
    assignments: list[Assignment]
    live: int
    done: int
    lacking: int

    @property
    def given_back(self) -> bool:
        """Whether somebody declined a seat here, was recused, or let it run out."""
        return any(one.state in GIVEN_BACK for one in self.assignments)


@dataclass(frozen=True)
class Count:
    """How many seats of one dossier (by primary key) are taken, done, and free."""

    dossier: int
    live: int
    done: int
    lacking: int


def seat_counts(review_round: ReviewRound) -> list[Count]:
    """Every dossier of a round, those that lack most first: one query that reads no dossier."""
    live = Number("assignments", filter=Q(assignments__state__in=LIVE_ASSIGNMENTS))
    done = Number("assignments", filter=Q(assignments__state__in=DONE_ASSIGNMENTS))
    rows = review_round.dossiers.order_by().values("pk").annotate(live=live, done=done)
    each = review_round.experts_per_dossier
    counts = [Count(row["pk"], row["live"], row["done"], max(0, each - row["live"])) for row in rows]
    return sorted(counts, key=lambda one: (-one.lacking, one.dossier))


def seats(review_round: ReviewRound, among: Collection[int]) -> list[Seats]:
    """The dossiers with these primary keys and their seats, those that lack most first: two queries."""
    by_dossier: dict[int, list[Assignment]] = defaultdict(list)
    found = review_round.assignments.filter(dossier__in=among)
    for assignment in found.select_related("expert__person", "sheet"):
        by_dossier[assignment.dossier_id].append(assignment)
    dossiers = review_round.dossiers.filter(pk__in=among).defer("content")
    rows = [_seats(review_round, dossier, by_dossier[dossier.pk]) for dossier in dossiers]
    return sorted(rows, key=lambda row: (-row.lacking, row.dossier.pk))


def _seats(review_round: ReviewRound, dossier: Dossier, assignments: list[Assignment]) -> Seats:
    live = sum(one.state in LIVE_ASSIGNMENTS for one in assignments)
    done = sum(one.state in DONE_ASSIGNMENTS for one in assignments)
    return Seats(dossier, assignments, live, done, max(0, review_round.experts_per_dossier - live))


def free_seats(review_round: ReviewRound) -> int:
    """How many seats of the round nobody has: one query."""
    return sum(one.lacking for one in seat_counts(review_round))
