"""Planning who reviews what. `plan_assignments` is the one seam: another solver takes its place, not its callers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experts import conflicts
from experts.conflicts import Conflict, Ground
from experts.enums import LIVE_ASSIGNMENTS, ExpertState
from experts.matching import Match, dossier_field, expert_field, match
from experts.models import Dossier, ExpertProfile
from workflows.digest import digest

if TYPE_CHECKING:
    from experts.models import ReviewRound
    from experts.queries.seats import Seats

# What one review more costs an expert in the choice: even load before the last bit of likeness.
LOAD_PRICE = 0.75


@dataclass(frozen=True)
class Proposed:
    """One seat of a plan, with why."""

    dossier_id: int
    expert_id: int
    match: Match


@dataclass(frozen=True)
class Shortage:
    """Seats of a dossier that nobody can take, and how many candidates each rule keeps out."""

    dossier_id: int
    title: str
    missing: int
    binding: tuple[tuple[str, int], ...]
    free: int = 0

    @property
    def told(self) -> list[tuple[Any, int]]:
        """The rules by name with the number of experts each keeps out."""
        return [(conflicts.LABELS[code], count) for code, count in self.binding]


@dataclass(frozen=True)
class Plan:
    """What would be assigned. Nothing is written: an officer confirms it as one unit (`confirm_plan`)."""

    seats: tuple[Proposed, ...]
    shortages: tuple[Shortage, ...]

    @property
    def fingerprint(self) -> str:
        """Tells this plan from any other: what an officer confirms is what was looked at."""
        return digest([[seat.dossier_id, seat.expert_id] for seat in self.seats])


@dataclass(frozen=True)
class Candidate:
    """An expert against one dossier: how well it fits, the load, and what rules it out (empty: can be assigned)."""

    expert: ExpertProfile
    match: Match
    load: int
    conflicts: list[Conflict]


def pool() -> list[ExpertProfile]:
    """The admitted experts with what matching reads: three queries."""
    admitted = ExpertProfile.objects.filter(state=ExpertState.ADMITTED).order_by("pk")
    return list(admitted.select_related("person").prefetch_related("expertise", "focus_areas"))


def fit(expert: ExpertProfile, dossier: Dossier) -> Match:
    """The match of an expert (with expertise and focus areas read) and a dossier."""
    own = expert_field(
        expert.keywords,
        [area.pk for area in expert.focus_areas.all()],
        [item.title for item in expert.expertise.all()],
    )
    return match(own, dossier_field(dossier.title, dossier.keywords, dossier.focus_areas))


def candidates(review_round: ReviewRound, dossier: Dossier) -> list[Candidate]:
    """The pool against one dossier, best first, those ruled out last with their reasons."""
    experts = pool()
    known = conflicts.ground(review_round, experts)
    found = [
        Candidate(
            expert,
            fit(expert, dossier),
            known.load.get(expert.pk, 0),
            conflicts.assignment_conflicts(known, expert, dossier),
        )
        for expert in experts
    ]
    return sorted(found, key=lambda one: (bool(one.conflicts), -one.match.score, one.load, one.expert.pk))


def plan_assignments(review_round: ReviewRound) -> Plan:
    """Fill the free seats of a round: fair greedy, deterministic, a fixed number of queries.

    In turns: each dossier gets one seat per turn, those with the fewest possible experts first; the expert with
    the best match less the price of the load wins, the lower primary key breaks ties.
    """
    from experts.queries.seats import seats

    experts = pool()
    known = conflicts.ground(review_round, experts)
    rows = seats(review_round)
    taken = {
        row.dossier.pk: {one.expert_id for one in row.assignments if one.state in LIVE_ASSIGNMENTS} for row in rows
    }
    left = {row.dossier.pk: row.lacking for row in rows}
    possible = {row.dossier.pk: _possible(known, experts, row.dossier) for row in rows}
    load = Counter(known.load)
    most = {expert.pk: expert.max_load for expert in experts}
    chosen: list[Proposed] = []
    for _turn in range(review_round.experts_per_dossier):
        for row in sorted(rows, key=lambda one: (len(possible[one.dossier.pk]), one.dossier.pk)):
            pk = row.dossier.pk
            best = _best(possible[pk], taken[pk], load, most) if left[pk] else None
            if best is None:
                continue
            chosen.append(Proposed(pk, best[0], best[1]))
            taken[pk].add(best[0])
            load[best[0]] += 1
            left[pk] -= 1
    short = tuple(_shortage(known, experts, row.dossier, left[row.dossier.pk]) for row in rows if left[row.dossier.pk])
    return Plan(tuple(chosen), short)


def _possible(known: Ground, experts: list[ExpertProfile], dossier: Dossier) -> dict[int, Match]:
    return {
        expert.pk: fit(expert, dossier)
        for expert in experts
        if not conflicts.standing_conflicts(known, expert, dossier)
    }


def _best(
    possible: dict[int, Match], taken: set[int], load: Counter[int], most: dict[int, int]
) -> tuple[int, Match] | None:
    free = [(pk, found) for pk, found in possible.items() if pk not in taken and load[pk] < most[pk]]
    return min(free, key=lambda one: (load[one[0]] * LOAD_PRICE - one[1].score, one[0]), default=None)


def shortages(review_round: ReviewRound, rows: Iterable[Seats]) -> dict[int, Shortage]:
    """Why seats are free now, by dossier: who could take one, and how many each rule keeps out.

    rows -- the seats of the round. A fixed number of queries, none where no seat is free.
    """
    lacking = [row for row in rows if row.lacking]
    if not lacking:
        return {}
    experts = pool()
    known = conflicts.ground(review_round, experts)
    return {row.dossier.pk: _shortage(known, experts, row.dossier, row.lacking, _seated(row)) for row in lacking}


def _seated(row: Seats) -> set[int]:
    return {one.expert_id for one in row.assignments if one.state in LIVE_ASSIGNMENTS}


def _shortage(
    known: Ground, experts: list[ExpertProfile], dossier: Dossier, count: int, seated: Collection[int] = ()
) -> Shortage:
    against = {
        expert.pk: conflicts.assignment_conflicts(known, expert, dossier)
        for expert in experts
        if expert.pk not in seated
    }
    codes = Counter(conflict.code for found in against.values() for conflict in found)
    free = sum(not found for found in against.values())
    return Shortage(dossier.pk, dossier.title, count, tuple(sorted(codes.items())), free)
