"""Which pairs of a panel share an institution or the home region, as sets within sets.

Sets that nest keep the assignment a network, and a network has whole-numbered optima. An institution with experts both
inside and outside the proposal's region crosses the home set; it is either split (each part under the cap: a
relaxation) or folded (all of it counted as home: stricter than the rule). `exact` tries the first, the draw takes the
second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experts.draw.problem import NONE, Ints, Mask, Problem


@dataclass(frozen=True, eq=False)
class Nest:
    """Sets of free pairs.

    inner -- the innermost set of each pair (NONE: the proposal itself); cap, owner, around -- per set, its proposal and
    the set around it; crossing -- keys (proposal, institution) that cross the home set.
    """

    inner: Ints
    cap: Ints
    owner: Ints
    around: Ints
    crossing: Ints


def institution_keys(problem: Problem) -> Ints:
    """One number per pair and its expert's institution; NONE where that is not known."""
    own = problem.institution[problem.pairs.e]
    return np.where(own == NONE, NONE, problem.pairs.p * (int(problem.institution.max(initial=0)) + 1) + own)


def at_home(problem: Problem) -> Mask:
    """Pairs whose expert is of the proposal's own region."""
    home = problem.home[problem.pairs.p]
    return np.asarray((home != NONE) & (problem.region[problem.pairs.e] == home))


def nest(problem: Problem, folded: Ints | None = None) -> Nest:
    """The sets that can bind. Forced pairs are taken off the caps; the arrays are those of the free pairs.

    folded -- keys of institutions to be counted as home as a whole.
    """
    keys, inside = institution_keys(problem), at_home(problem)
    if folded is not None and len(folded):
        inside |= np.isin(keys, folded)
    free = ~problem.forced
    homes = _homes(problem, inside)
    home = np.where(inside[free], homes[0][problem.pairs.p[free]], NONE)
    groups = _institutions(problem, keys, home)
    inner = np.where(groups.of == NONE, home, groups.of + len(homes[1]))
    return Nest(
        inner,
        np.concatenate([homes[1], groups.cap]),
        np.concatenate([homes[2], groups.owner]),
        np.concatenate([np.full(len(homes[1]), NONE), groups.around]),
        groups.crossing,
    )


def _homes(problem: Problem, inside: Mask) -> tuple[Ints, Ints, Ints]:
    """Per proposal the number of its home set or NONE; per set its cap and its proposal."""
    size = len(problem.need)
    if problem.per_home is None:
        return np.full(size, NONE), np.zeros(0, np.int64), np.zeros(0, np.int64)
    p, forced = problem.pairs.p, problem.forced
    left = np.maximum(problem.per_home - np.bincount(p[inside & forced], minlength=size), 0)
    owner = np.flatnonzero(np.bincount(p[inside & ~forced], minlength=size) > left)
    number = np.full(size, NONE)
    number[owner] = np.arange(len(owner))
    return number, left[owner], owner


@dataclass(frozen=True, eq=False)
class _Groups:
    of: Ints
    cap: Ints
    owner: Ints
    around: Ints
    crossing: Ints


def _institutions(problem: Problem, keys: Ints, home: Ints) -> _Groups:
    """The sets of one institution within one panel, split where they cross the home set."""
    free = ~problem.forced
    of = np.full(int(free.sum()), NONE, np.int64)
    none = np.zeros(0, np.int64)
    known = keys[free] != NONE
    if problem.per_institution is None or not known.any():
        return _Groups(of, none, none, none, none)
    fine = keys[free][known] * 2 + (home[known] != NONE)
    found, first, which, size = np.unique(fine, return_index=True, return_inverse=True, return_counts=True)
    left = _left(problem, keys, found // 2)
    whole = np.bincount(np.unique(found // 2, return_inverse=True)[1], weights=size).astype(np.int64)
    whole_of = np.unique(found // 2, return_inverse=True)[1]
    split = np.bincount(whole_of)[whole_of] == 2  # noqa: PLR2004 - inside and outside
    crossing = np.unique((found // 2)[split & (whole[whole_of] > left)])
    binding = size > left
    number = np.where(binding, np.cumsum(binding) - 1, NONE)
    of[known] = number[which]
    start = np.flatnonzero(known)[first[binding]]
    return _Groups(of, left[binding], problem.pairs.p[free][start], home[start], crossing)


def _left(problem: Problem, keys: Ints, found: Ints) -> Ints:
    """What the forced pairs leave of the institution cap, for each key in `found`."""
    forced = np.sort(keys[problem.forced])
    used = np.searchsorted(forced, found, "right") - np.searchsorted(forced, found, "left")
    return np.asarray(np.maximum((problem.per_institution or 0) - used, 0), dtype=np.int64)
