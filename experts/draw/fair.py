"""Mode `fair`: raise the worst-off panel as far as it goes, then keep the total high.

From the best assignment, chains of exchanges lift the worst-off panel (`lifting`). The level they reach becomes the
aim of a second way up: panels below it weigh more and the flow is solved again, which loses less of the total. The
best of all is kept. (The problem is NP-hard; neither way proves an optimum: `floor` does, or finds a plan above.)
Where sets cross, the flow counts them stricter than the rules are; should it fill fewer seats or least loads than can
be, the best assignment itself is lifted too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from experts.draw.exact import best
from experts.draw.floor import raised, unfilled
from experts.draw.flow import flow, terms_of
from experts.draw.lifting import Lifting
from experts.draw.nest import Nest, nest
from experts.draw.problem import Floats, Ints, Mask, Problem, count, sums

MOST_TURNS, LEAST_TURNS, RAISE = 25, 3, 1.1
# So many pairs may be solved for in all turns together, about fifteen seconds of work.
WORK = 4_000_000
LIFTS_EACH = 4
DIGITS = 9
Mark = tuple[float, float, float, float]


def fair(problem: Problem) -> Mask:
    """The pairs to assign: every rule kept, as many seats and least loads filled as in the best mode.

    Then the least panel as high as it goes (in rounds of more than `floor.MOST` pairs as high as was found), then the
    least full one and the total, both as high as was found.
    """
    sets, first = _sets(problem)
    needy = np.flatnonzero((problem.need > 0) & (count(problem.pairs.p, len(problem.need)) > 0))
    weights = np.ones(len(problem.need))
    kept, mark = problem.forced, (-np.inf, -np.inf, -np.inf, -np.inf)
    for turn in range(_turns(problem)):
        solved = _solved(problem, sets, weights)
        for chosen in _ways(problem, [solved, *([first] if turn == 0 and first is not None else [])], needy):
            if (found := _mark(problem, chosen, needy)) > mark:
                kept, mark = chosen, found
        panels = np.round(sums(problem, solved), DIGITS)
        low = np.flatnonzero((panels < mark[1]) | (_full(problem, solved) & (panels < mark[2])))
        if not len(low):
            break
        weights[low] *= RAISE
    return _risen(problem, kept, mark, needy)


def _risen(problem: Problem, kept: Mask, mark: Mark, needy: Ints) -> Mask:
    """The plan, or one above it that an integer programme found, as it is or lifted."""
    lift = partial(_lifted, problem, needy=needy)
    for chosen in _ways(problem, raised(problem, kept, needy, lift), needy):
        if (found := _mark(problem, chosen, needy)) > mark:
            kept, mark = chosen, found
    return kept


def _sets(problem: Problem) -> tuple[Nest, Mask | None]:
    """Sets that nest, and the best assignment where they cost seats or least loads."""
    sets = nest(problem)
    if not len(sets.crossing):
        return sets, None
    folded, even = nest(problem, folded=sets.crossing), np.ones(len(problem.need))
    lacking = [unfilled(problem, _solved(problem, one, even)) for one in (folded, sets)]
    return folded, best(problem) if lacking[0] > lacking[1] else None


def _ways(problem: Problem, plans: list[Mask], needy: Ints) -> Iterator[Mask]:
    """Each plan lifted, and as it is."""
    for plan in plans:
        yield _lifted(problem, plan, needy)
        yield plan


def _turns(problem: Problem) -> int:
    return int(np.clip(WORK // max(1, len(problem.pairs)), LEAST_TURNS, MOST_TURNS))


def _solved(problem: Problem, sets: Nest, weights: Floats) -> Mask:
    chosen, free = problem.forced.copy(), ~problem.forced
    weighed = np.round(problem.pairs.score * weights[problem.pairs.p], 6)
    chosen[free] = flow(problem, sets, weighed[free], terms_of(problem)) > 0
    return chosen


def _lifted(problem: Problem, chosen: Mask, needy: Ints) -> Mask:
    """Lift the worst-off of all, then of the full panels, should one that lacks seats hold up the rest."""
    lifting = Lifting(problem, chosen)
    full = np.flatnonzero(_full(problem, chosen))
    for group in (needy, full):
        if len(group):
            lifting.lift(group, LIFTS_EACH * len(group))
    return lifting.chosen()


def _full(problem: Problem, chosen: Mask) -> Mask:
    return np.asarray((count(problem.pairs.p[chosen], len(problem.need)) == problem.need) & (problem.need > 0))


def _mark(problem: Problem, chosen: Mask, needy: Ints) -> Mark:
    """What is filled of seats and least loads, the least panel, the least full one, the total: better is greater."""
    panels = np.round(sums(problem, chosen), DIGITS)
    full = panels[_full(problem, chosen)]
    return (
        -unfilled(problem, chosen),
        float(panels[needy].min(initial=np.inf)),
        float(full.min(initial=np.inf)),
        float(panels.sum()),
    )
