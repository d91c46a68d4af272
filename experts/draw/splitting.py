"""From chances to a draw by halving: dependent rounding that leaves every sum within one of its expectation.

In each turn the pairs with an odd number of units are linked two by two: first inside the innermost sets of a panel,
what is left over inside the sets around, then in the panel; and two by two at each expert. The links form paths and
cycles. Along each, units go up and down in turn, and one coin decides which way. So every pair goes up with chance
1/2, every set and every load changes by one at most and not at all where its sum was even; after halving it is the
floor or the ceiling. Caps are whole seats: a floor or ceiling never passes them. (Gandhi et al. 2006; Budish et al.
2013 for sets that nest.)
"""

from __future__ import annotations

import numpy as np

from experts.draw.nest import Nest
from experts.draw.problem import NONE, Ints, Mask, Pairs
from experts.draw.seed import coins


def split(units: Ints, turns: int, pairs: Pairs, sets: Nest, key: bytes) -> Mask:
    """Draw: whether each pair is assigned. `units` are in 1/2^turns, pairs and sets those of the lottery."""
    units = units.copy()
    for turn in range(turns):
        odd = np.flatnonzero(units & 1)
        panel = _links(_levels(pairs.p[odd], sets.inner[odd], sets))
        expert = _links([pairs.e[odd]])
        units[odd] += _signs(panel.tolist(), expert.tolist(), coins(key, turn, len(odd)))
        units >>= 1
    return units > 0


def _levels(p: Ints, inner: Ints, sets: Nest) -> list[Ints]:
    """Per level from the inside the set of each pair, NONE where it has none on that level."""
    if not len(sets.cap):
        return [p]
    around = np.where(inner == NONE, NONE, sets.around[inner])
    return [np.where(around == NONE, NONE, inner), np.where(around == NONE, inner, around), p]


def _links(levels: list[Ints]) -> Ints:
    """The partner of each, NONE for those left over on the last level."""
    partner = np.full(len(levels[0]), NONE)
    for level in levels:
        open_ones = np.flatnonzero((partner == NONE) & (level != NONE))
        order = open_ones[np.argsort(level[open_ones], kind="stable")]
        own = level[order]
        start = np.flatnonzero(np.append(True, own[1:] != own[:-1])) if len(own) else own
        rank = np.arange(len(own)) - np.repeat(start, np.diff(np.append(start, len(own))))
        first = np.flatnonzero((rank[:-1] % 2 == 0) & (own[:-1] == own[1:]))
        partner[order[first]], partner[order[first + 1]] = order[first + 1], order[first]
    return partner


def _signs(panel: list[int], expert: list[int], sides: list[bool]) -> Ints:
    """+1 or -1 for each, opposite along every link; the coin of its first member decides for a path or cycle."""
    signs = [0] * len(panel)
    for start, side in enumerate(sides):
        if signs[start]:
            continue
        signs[start] = 1 if side else -1
        _walk(signs, start, (panel, expert))
        _walk(signs, start, (expert, panel))
    return np.array(signs, dtype=np.int64)


def _walk(signs: list[int], at: int, links: tuple[list[int], list[int]]) -> None:
    """Go along the links of one kind and the other in turn until the end or what is signed already."""
    here, there = links
    while (following := here[at]) != NONE and not signs[following]:
        signs[following] = -signs[at]
        at = following
        here, there = there, here
