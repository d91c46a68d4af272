"""Which proposals lack seats, and the rule that binds each."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from experts.draw.nest import at_home, institution_keys
from experts.draw.problem import NONE, Floats, Ints, Mask, Problem, count

# In this order: the first that by itself keeps the panel below what is needed is the one named.
AFFINITY, CONFLICTS, CAP = "affinity", "conflicts", "probability_cap"
INSTITUTION, HOME, LOAD = "max_per_institution", "max_home_region", "max_load"


@dataclass(frozen=True)
class Short:
    """A proposal that lacks `missing` seats because of `binding`."""

    proposal: Hashable
    missing: int
    binding: str


def shortages(problem: Problem, chosen: Mask) -> list[Short]:
    """The proposals short of seats in the order of the problem."""
    missing = problem.need - count(problem.pairs.p[chosen], len(problem.need))
    short = np.flatnonzero(missing > 0)
    if not len(short):
        return []
    limits = _limits(problem)
    return [Short(problem.proposals[at], int(missing[at]), _binding(limits, problem, at)) for at in short.tolist()]


def _binding(limits: list[tuple[str, Floats]], problem: Problem, at: int) -> str:
    """The first rule that leaves fewer seats than needed whoever else wants the experts; else their loads."""
    return next((rule for rule, most in limits if most[at] < problem.need[at] - 1e-9), LOAD)


def _limits(problem: Problem) -> list[tuple[str, Floats]]:
    """Per rule the seats each proposal could fill had it all experts to itself; each rule on top of those before it."""
    size, p = len(problem.need), problem.pairs.p
    weight = np.where(problem.forced, 1.0, problem.cap)
    panels = [
        (AFFINITY, problem.listed.astype(np.float64)),
        (CONFLICTS, count(p, size).astype(np.float64)),
        (CAP, _weighed(p, weights=weight, minlength=size)),
    ]
    away = ~at_home(problem)
    if problem.per_institution is not None:
        inside, outside = _by_institution(problem, weight, away)
        panels.append((INSTITUTION, inside + outside))
    else:
        inside = _weighed(p[~away], weights=weight[~away], minlength=size)
        outside = _weighed(p[away], weights=weight[away], minlength=size)
    if problem.per_home is not None:
        panels.append((HOME, np.minimum(inside, problem.per_home) + outside))
    return panels


def _by_institution(problem: Problem, weight: Floats, away: Mask) -> tuple[Floats, Floats]:
    """Seats at home and away under the institution cap: forced ones, then away, where the home cap does not count."""
    keys = _own_keys(problem)
    _found, first, which = np.unique(keys, return_index=True, return_inverse=True)
    fixed = [_weighed(which, weights=(problem.forced & side).astype(np.float64)) for side in (away, ~away)]
    left = np.maximum(float(problem.per_institution or 0) - fixed[0] - fixed[1], 0)
    outside = np.minimum(_weighed(which, weights=weight * (away & ~problem.forced)), left)
    inside = np.minimum(_weighed(which, weights=weight * ~(away | problem.forced)), left - outside)
    owner, size = problem.pairs.p[first], len(problem.need)
    return (
        _weighed(owner, weights=fixed[1] + inside, minlength=size),
        _weighed(owner, weights=fixed[0] + outside, minlength=size),
    )


def _weighed(of: Ints, weights: Floats, minlength: int = 0) -> Floats:
    return np.bincount(of, weights=weights, minlength=minlength).astype(np.float64)


def _own_keys(problem: Problem) -> Ints:
    """Institution keys, with a key of its own for each pair whose institution is not known."""
    keys = institution_keys(problem)
    own = np.arange(len(keys), dtype=np.int64) + int(keys.max(initial=0)) + 1
    return np.where(keys == NONE, own, keys)


@dataclass(frozen=True)
class KindShort:
    """A proposal whose panel has `missing` experts of a kind too few."""

    proposal: Hashable
    kind: str
    missing: int


def lacking_kinds(problem: Problem, chosen: Mask) -> list[KindShort]:
    """Panels with too few experts of a kind, kind after kind in the order of the problem."""
    pairs, size = problem.pairs.only(chosen), len(problem.need)
    found = []
    for kind, (least, members) in problem.kinds.items():
        missing = np.minimum(least, problem.need) - count(pairs.p[members[pairs.e]], size)
        short = np.flatnonzero(missing > 0).tolist()
        found += [KindShort(problem.proposals[at], kind, int(missing[at])) for at in short]
    return found


def underloaded(problem: Problem, chosen: Mask) -> list[tuple[Hashable, int]]:
    """Experts below their least load, and by how much."""
    missing = problem.least - count(problem.pairs.e[chosen], len(problem.most))
    return [(problem.experts[at], int(missing[at])) for at in np.flatnonzero(missing > 0).tolist()]
