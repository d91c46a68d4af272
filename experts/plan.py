"""Planning who reviews what. `plan_assignments` is the one seam: another solver takes its place, not its callers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experts import conflicts
from experts.conflicts import Conflict, Ground
from experts.draw.exact import best
from experts.draw.flow import Terms
from experts.draw.problem import integers, open_problem
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
    """Fill the free seats of a round: as many as can be, at the best likeness less the price of the load.

    Exact (`experts.draw`), the same plan for the same round, a fixed number of queries.
    """
    from experts.queries.seats import seats

    experts = pool()
    known = conflicts.ground(review_round, experts)
    rows = seats(review_round)
    possible = [_possible(known, experts, row) for row in rows]
    chosen = _solved(known, experts, rows, possible)
    taken = Counter(at for at, _expert in chosen)
    return Plan(
        tuple(Proposed(rows[at].dossier.pk, pk, possible[at][pk]) for at, pk in chosen),
        tuple(
            _shortage(known, experts, row.dossier, row.lacking - taken[at])
            for at, row in enumerate(rows)
            if row.lacking > taken[at]
        ),
    )


def _possible(known: Ground, experts: list[ExpertProfile], row: Seats) -> dict[int, Match]:
    """Who may take a seat, by primary key: not seated there already, nothing standing against it."""
    seated = _seated(row)
    return {
        expert.pk: fit(expert, row.dossier)
        for expert in experts
        if expert.pk not in seated and not conflicts.standing_conflicts(known, expert, row.dossier)
    }


def _solved(
    known: Ground, experts: list[ExpertProfile], rows: Sequence[Seats], possible: list[dict[int, Match]]
) -> list[tuple[int, int]]:
    """Number of the row and primary key of the expert for each seat."""
    place = {expert.pk: at for at, expert in enumerate(experts)}
    found = [(at, place[pk], fitting.score) for at, fits in enumerate(possible) for pk, fitting in fits.items()]
    loads = integers([known.load.get(expert.pk, 0) for expert in experts])
    problem = open_problem(
        need=integers([row.lacking for row in rows]),
        most=np.maximum(integers([expert.max_load for expert in experts]) - loads, 0),
        found=found,
    )
    pairs = problem.pairs.only(best(problem, terms=Terms(even=LOAD_PRICE, started=loads)))
    return [(at, experts[e].pk) for at, e in zip(pairs.p.tolist(), pairs.e.tolist(), strict=True)]


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
