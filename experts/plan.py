"""The pool against single dossiers: who fits, who is ruled out and why, why seats are free (draws: `planning`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experts import conflicts
from experts.conflicts import Conflict, codes
from experts.conflicts.many import Standing, standing
from experts.enums import LIVE_ASSIGNMENTS, OPEN_ASSIGNMENTS, AssignmentState, ExpertState
from experts.matching import Field, Match, dossier_field, expert_field, match
from experts.models import Dossier, ExpertProfile

if TYPE_CHECKING:
    from experts.models import ReviewRound
    from experts.queries.seats import Seats

# For how many dossiers of a page somebody is proposed where a seat was given back, and how many experts for each.
MOST_PROPOSED, NAMES_PROPOSED = 5, 3
# Seats that can still be taken back.
HELD = (*OPEN_ASSIGNMENTS, AssignmentState.DRAWN)


@dataclass(frozen=True)
class Shortage:
    """Seats of a dossier that are free: who could take them, and how many candidates each rule keeps out.

    best -- where a seat was given back: those who fit best now, but for who gave it back.
    """

    dossier_id: int
    title: str
    missing: int
    binding: tuple[tuple[str, int], ...]
    free: int = 0
    best: tuple[ExpertProfile, ...] = ()

    @property
    def told(self) -> list[tuple[Any, int]]:
        """The rules by name with the number of experts each keeps out."""
        return [(conflicts.LABELS[code], count) for code, count in self.binding]


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


def field_of(expert: ExpertProfile) -> Field:
    """The field of an expert with expertise and focus areas read."""
    areas, titles = expert.focus_areas.all(), expert.expertise.all()
    return expert_field(expert.keywords, [area.pk for area in areas], [item.title for item in titles])


def fit(expert: ExpertProfile, dossier: Dossier) -> Match:
    """The match of an expert (with expertise and focus areas read) and a dossier."""
    return match(field_of(expert), dossier_field(dossier.title, dossier.keywords, dossier.focus_areas))


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


def shortages(review_round: ReviewRound, rows: Iterable[Seats]) -> dict[int, Shortage]:
    """Why seats are free now, by dossier: who could take one, and how many each rule keeps out.

    rows -- the seats of the round. A fixed number of queries, none where no seat is free.
    """
    lacking = [row for row in rows if row.lacking]
    if not lacking:
        return {}
    experts = pool()
    known = conflicts.ground(review_round, experts)
    found = standing(known, experts, [row.dossier for row in lacking])
    for at, expert in enumerate(experts):
        if known.load.get(expert.pk, 0) >= expert.max_load:
            found.wide[at].add(codes.LOAD)
    place = {expert.pk: at for at, expert in enumerate(experts)}
    proposing = [row.dossier.pk for row in lacking if row.given_back][:MOST_PROPOSED]
    fields = _Fields({})
    short = {}
    for at, row in enumerate(lacking):
        best = _best(found, at, row, experts, fields) if row.dossier.pk in proposing else ()
        short[row.dossier.pk] = _shortage(found, at, row, place, best)
    return short


def arisen(review_round: ReviewRound, rows: Iterable[Seats]) -> dict[int, list[Conflict]]:
    """What stands by now against experts who hold a seat, by seat: it keeps them from reading and submitting.

    rows -- the seats of the round. A fixed number of queries, none without a seat that can still be given back.
    """
    held = [(row.dossier, one) for row in rows for one in row.assignments if one.state in HELD]
    if not held:
        return {}
    experts = pool_of({one.expert_id for _dossier, one in held})
    known = conflicts.ground(review_round, list(experts.values()))
    found = {one.pk: conflicts.standing_conflicts(known, experts[one.expert_id], dossier) for dossier, one in held}
    return {seat: against for seat, against in found.items() if against}


def pool_of(keys: Iterable[int]) -> dict[int, ExpertProfile]:
    """Some experts by primary key, with what conflicts are read from: one query."""
    return ExpertProfile.objects.select_related("person").in_bulk(list(keys))


@dataclass(frozen=True)
class _Fields:
    """The fields of experts, each worked out once."""

    known: dict[int, Field]

    def of(self, expert: ExpertProfile) -> Field:
        if expert.pk not in self.known:
            self.known[expert.pk] = field_of(expert)
        return self.known[expert.pk]


def _best(
    found: Standing, at: int, row: Seats, experts: Sequence[ExpertProfile], fields: _Fields
) -> tuple[ExpertProfile, ...]:
    """Who fits the dossier at position `at` best of those whom nothing keeps away and who never had a seat there."""
    had = {one.expert_id for one in row.assignments}
    wanted = dossier_field(row.dossier.title, row.dossier.keywords, row.dossier.focus_areas)
    free = [one for place, one in enumerate(experts) if one.pk not in had and not found.of(at, place)]
    return tuple(sorted(free, key=lambda one: (-match(fields.of(one), wanted).score, one.pk))[:NAMES_PROPOSED])


def _shortage(found: Standing, at: int, row: Seats, place: dict[int, int], best: tuple[ExpertProfile, ...]) -> Shortage:
    """What keeps whom from the dossier at position `at`, those with a seat there left out."""
    seated = {one.expert_id for one in row.assignments if one.state in LIVE_ASSIGNMENTS}
    leaving = [place[pk] for pk in seated if pk in place]
    binding = tuple(sorted(found.counts(at, leaving).items()))
    return Shortage(row.dossier.pk, row.dossier.title, row.lacking, binding, found.free(at, leaving), best)
