"""What a draw is made from, gathered from a round as the bytes of a problem file (docs/operator/draw.md).

The bytes are all that the draw depends on: they are kept, and whoever has them and the seed draws the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from directory.enums import RegionLevel
from directory.models import Organisation
from experts import conflicts
from experts.conflicts import Ground
from experts.conflicts.many import standing
from experts.enums import LIVE_ASSIGNMENTS, DrawMode, ExpertState
from experts.models import Dossier, ExpertProfile
from experts.planning.candidates import Candidates, candidates
from experts.planning.likeness import Likeness
from workflows.digest import canonical

if TYPE_CHECKING:
    from experts.models import Assignment, ReviewRound

# What each review more costs an expert, in likeness, where the load is to be even.
EVEN = 0.05
LIBRARIES = ("numpy", "ortools", "scipy")
Place = tuple[str | None, str | None]


@dataclass(frozen=True, eq=False)
class Gathered:
    """The bytes of the problem, and whom its positions mean. `seated` are the pairs that have their seat already."""

    inputs: bytes
    likeness: Likeness
    scores: dict[tuple[int, int], float]
    dossiers: Sequence[Dossier]
    experts: Sequence[ExpertProfile]
    seated: frozenset[tuple[int, int]]


def gather(review_round: ReviewRound, rules: dict[str, Any]) -> Gathered:
    """Read the round, its pool and its conflicts as they are now: a fixed number of queries, nothing is written.

    rules -- as in `Draw.rules`.
    """
    experts = _pool(review_round)
    dossiers = list(review_round.dossiers.defer("content").order_by("pk"))
    known = conflicts.ground(review_round, experts)
    seated = _seated(review_round, experts, dossiers)
    against = standing(known, experts, dossiers).mask()
    for row, column in _given_back(review_round, experts, dossiers):
        against[row, column] = True
    likeness = Likeness(experts, dossiers)
    found = candidates(likeness.blocks() if experts else [], against)
    places = _places(known, experts, dossiers)
    problem: dict[str, Any] = {
        "round": str(review_round.uid),
        "library": {name: version(name) for name in LIBRARIES},
        "experts": _experts(known, experts, rules, seated, places),
        "proposals": _proposals(review_round, dossiers, seated, places),
        **_pairs(found),
        "seated": sorted(map(list, seated)),
        "pins": _pins(known, experts, dossiers),
        **_rules(review_round, rules),
    }
    scores = {(p, e): score for p, e, score in problem["affinity"]}
    return Gathered(canonical(problem), likeness, scores, dossiers, experts, seated)


def _pool(review_round: ReviewRound) -> list[ExpertProfile]:
    """The admitted experts, and whoever has a seat in the round."""
    here = Q(assignments__round=review_round, assignments__state__in=LIVE_ASSIGNMENTS)
    found = ExpertProfile.objects.filter(Q(state=ExpertState.ADMITTED) | here).distinct().order_by("pk")
    return list(found.select_related("person").prefetch_related("expertise", "focus_areas"))


def _seated(
    review_round: ReviewRound, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier]
) -> frozenset[tuple[int, int]]:
    """Who has a seat where, by position."""
    live = review_round.assignments.filter(state__in=LIVE_ASSIGNMENTS)
    return frozenset(_by_position(live, experts, dossiers))


def _given_back(
    review_round: ReviewRound, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier]
) -> Iterator[tuple[int, int]]:
    """Who had a seat and declined it, let it expire or lost it: not asked again by a draw."""
    return _by_position(review_round.assignments.exclude(state__in=LIVE_ASSIGNMENTS), experts, dossiers)


def _by_position(
    rows: QuerySet[Assignment], experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier]
) -> Iterator[tuple[int, int]]:
    row = {dossier.pk: at for at, dossier in enumerate(dossiers)}
    column = {expert.pk: at for at, expert in enumerate(experts)}
    for dossier, expert in rows.values_list("dossier_id", "expert_id"):
        if expert in column:
            yield row[dossier], column[expert]


def _places(known: Ground, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier]) -> dict[int, Place]:
    """Identifier and league or city by primary key, of the organisations of experts and applicants."""
    units = {unit for expert in experts for unit in known.units.get(expert.person_id, ())}
    units |= {unit for dossier in dossiers for unit in dossier.kept_away_organisations[:1]}
    rows = Organisation.objects.filter(pk__in=units).values_list(
        "pk", "uid", "region__level", "region__code", "region__parent__code"
    )
    return {pk: (str(uid), above if level == RegionLevel.BANNER else code) for pk, uid, level, code, above in rows}


def _experts(
    known: Ground,
    experts: Sequence[ExpertProfile],
    rules: dict[str, Any],
    seated: frozenset[tuple[int, int]],
    places: dict[int, Place],
) -> list[dict[str, Any]]:
    here = [0] * len(experts)
    for _dossier, at in seated:
        here[at] += 1
    rows = []
    for at, expert in enumerate(experts):
        load = known.load.get(expert.pk, 0)
        most = known.loads.room(expert) + here[at]
        most = max(min(most, rules["most_each"] or most), here[at])
        institution, region = places.get(min(known.units.get(expert.person_id) or {0}), (None, None))
        rows.append(
            {
                "id": str(expert.uid), "institution": institution, "region": region, "kinds": sorted(expert.kinds),
                "max_load": most, "min_load": min(rules["least_each"], most), "load": load,
            }
        )  # fmt: skip
    return rows


def _proposals(
    review_round: ReviewRound,
    dossiers: Sequence[Dossier],
    seated: frozenset[tuple[int, int]],
    places: dict[int, Place],
) -> list[dict[str, Any]]:
    taken = [0] * len(dossiers)
    for at, _expert in seated:
        taken[at] += 1
    return [
        {
            "id": str(dossier.uid),
            "experts_needed": max(review_round.experts_per_dossier, taken[at]),
            "institution": None,
            "home_region": places.get(next(iter(dossier.kept_away_organisations), 0), (None, None))[1],
        }
        for at, dossier in enumerate(dossiers)
    ]


def _pairs(found: Candidates) -> dict[str, Any]:
    pairs = list(zip(found.dossier.tolist(), found.expert.tolist(), strict=True))
    shut = found.conflict.tolist()
    return {
        "affinity": [[p, e, score] for (p, e), score in zip(pairs, found.likeness.tolist(), strict=True)],
        "conflicts": [list(pair) for pair, closed in zip(pairs, shut, strict=True) if closed],
    }


def _pins(known: Ground, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier]) -> list[list[Any]]:
    row = {dossier.pk: at for at, dossier in enumerate(dossiers)}
    column = {expert.pk: at for at, expert in enumerate(experts)}
    return sorted([row[dossier], column[expert], str(pin.verdict)] for (expert, dossier), pin in known.pins.items())


def _rules(review_round: ReviewRound, rules: dict[str, Any]) -> dict[str, Any]:
    """Rules of the draw as the core knows them. A share from outside is a limit to those from the home region."""
    seats, outside = review_round.experts_per_dossier, rules["outside_percent"]
    found: dict[str, Any] = {
        "mode": rules["mode"],
        "rules": {
            "max_per_institution": rules["most_per_organisation"],
            "max_home_region": seats * (100 - outside) // 100 if outside else None,
            "even_load": EVEN if rules["even_load"] else None,
            "least_of_kind": rules["least_kinds"] or None,
        },
    }
    if rules["mode"] == DrawMode.DRAWN:
        found["probability_cap"] = float(rules["probability_cap"])
    return found
