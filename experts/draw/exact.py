"""Mode `best`: the assignment of greatest total score."""

from __future__ import annotations

import numpy as np

from experts.draw.flow import flow, terms_of
from experts.draw.nest import institution_keys, nest
from experts.draw.problem import Floats, Mask, Problem
from experts.draw.programme import programme, seat_price
from experts.draw.shortage import lacking_kinds


def best(problem: Problem, score: Floats | None = None) -> Mask:
    """The pairs to assign: every rule kept, as many seats filled as can be, then the greatest sum of score.

    score -- by pair, in place of the problem's own (to weigh proposals); forced pairs are always chosen.
    """
    free = ~problem.forced
    weight = (problem.pairs.score if score is None else score)[free]
    sets = nest(problem)
    chosen = problem.forced.copy()
    chosen[free] = flow(problem, sets, weight, terms_of(problem)) > 0
    if (len(sets.crossing) and broken(problem, chosen)) or lacking_kinds(problem, chosen):
        chosen[free] = programme(problem, weight, seat_price(problem, weight))
    return chosen


def broken(problem: Problem, chosen: Mask) -> bool:
    """Whether a panel holds more of one institution than may be: only split sets can do that."""
    if problem.per_institution is None:
        return False
    keys = institution_keys(problem)[chosen]
    _found, size = np.unique(keys[keys >= 0], return_counts=True)
    return bool((size > problem.per_institution).any())
