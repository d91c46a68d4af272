"""Mode `drawn`: the best lottery whose chances stay under a cap, and one draw from it.

The chances are the optimum of the assignment's linear programme with every pair at most `cap`: a flow in units of
1/2^m. The draw halves the units m times (`splitting`). Each pair is assigned with exactly its chance, and every draw
keeps every rule, load and number of seats.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from experts.draw.flow import flow, terms_of
from experts.draw.nest import Nest, nest
from experts.draw.problem import Ints, Mask, Problem
from experts.draw.seed import key_of
from experts.draw.splitting import split

BLEND = 256


@dataclass(frozen=True, eq=False)
class Lottery:
    """The chance of each free pair in units of 1/2^turns, and the sets that every draw keeps."""

    units: Ints
    turns: int
    sets: Nest

    def chances(self, problem: Problem) -> dict[tuple[int, int], Fraction]:
        """The chance of every pair that has one, by position; forced pairs have 1."""
        whole = np.full(len(problem.pairs), 2**self.turns, dtype=np.int64)
        whole[~problem.forced] = self.units
        places = zip(problem.pairs.p.tolist(), problem.pairs.e.tolist(), whole.tolist(), strict=True)
        return {(p, e): Fraction(units, 2**self.turns) for p, e, units in places if units}


def blend(cap: float) -> list[tuple[Fraction, int]]:
    """The caps to solve for, each with its weight in 1/256, so that the weighted mean is at most `cap`.

    A flow is quick for caps in quarters and for 1/8, 1/16, …; any other cap is blended from the two around it. The
    blend keeps every rule as they do; its expected score lies some hundredths of a per cent below the optimum under
    the cap.
    """
    exact, step = Fraction(cap), Fraction(1, 4)
    while step > exact:
        step /= 2
    low = exact // step * step if step == Fraction(1, 4) else step
    high = low + step
    weight = math.ceil((high - exact) / (high - low) * BLEND)
    return [(low, BLEND)] if weight == BLEND else [(low, weight), (high, BLEND - weight)]


def lottery(problem: Problem) -> Lottery:
    """The chances of greatest expected score under the problem's cap. They do not depend on the seed."""
    sets = nest(problem)
    if len(sets.crossing):
        sets = nest(problem, folded=sets.crossing)
    score, parts = problem.pairs.score[~problem.forced], blend(problem.cap)
    finest = max(cap.denominator for cap, _weight in parts)
    units = np.zeros(len(score), dtype=np.int64)
    for cap, weight in parts:
        found = flow(problem, sets, score, terms_of(problem, cap.denominator, cap.numerator))
        units += found * (finest // cap.denominator) * (weight if len(parts) > 1 else 1)
    turns = (finest * (BLEND if len(parts) > 1 else 1)).bit_length() - 1
    return Lottery(units, turns, sets)


def draw(problem: Problem, chances: Lottery, seed: str | int) -> Mask:
    """One draw: the same pairs for the same problem and seed, on any machine."""
    free = ~problem.forced
    chosen = problem.forced.copy()
    places = problem.pairs.only(free)
    chosen[free] = split(chances.units, chances.turns, places, chances.sets, key_of(problem, seed))
    return chosen
