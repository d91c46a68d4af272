"""How high the worst-off panel can be raised, proved as far as the work allowed reaches.

No panel can be better than it would be with all experts to itself; most often this is the level that chains reach. If
it is not, an integer programme says how high the few worst-off panels can be when the others only have their seats
filled. Panels that fall short in its plan join the few, and so on: a plan as high as the few is the highest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from experts.draw.flow import Rest, rest
from experts.draw.nest import at_home, institution_keys
from experts.draw.problem import NONE, Floats, Ints, Mask, Problem, sums
from experts.draw.programme import Model, model_of, seat_price
from experts.draw.shortage import underloaded

# A round of so many pairs is solved with all its panels at once; a larger one with a few panels and those that then
# fall short, in so many turns; of one that is larger still only the bound of each panel by itself is looked at.
WHOLE, MOST, TURNS = 1_500, 10_000, 8
# HiGHS looks at so many nodes at most: a number and not a time, so that a draw done over is the same.
NODES = 2_000
# HiGHS takes a row for kept within 1e-6: with scores of up to so much that is below nine digits of a score.
LARGEST_SCORE = 1_000.0
NEAR = 1e-9


@dataclass(frozen=True, eq=False)
class Level:
    """What an integer programme found: no plan is above `bound`; the pairs of a plan, None if it found none in time."""

    bound: float
    chosen: Mask | None


def unfilled(problem: Problem, chosen: Mask) -> int:
    """Seats and units of least loads that a plan lacks."""
    return int(problem.need.sum() - chosen.sum()) + sum(missing for _who, missing in underloaded(problem, chosen))


def raised(
    problem: Problem, chosen: Mask, needy: Ints, lift: Callable[[Mask], Mask], *, whole: int = WHOLE
) -> list[Mask]:
    """Plans whose worst-off panel of `needy` is above that of `chosen`, if there are any: the last is the highest.

    lift -- a plan made better by other means, no rule broken; whole -- a round of up to so many pairs at once.
    """
    low, high = _least(problem, chosen, needy), float(np.min(alone(problem)[needy], initial=np.inf))
    lacking, found = unfilled(problem, chosen), list[Mask]()
    few = needy if len(problem.pairs) <= whole else needy[sums(problem, chosen)[needy] <= low + NEAR]
    for _turn in range(TURNS if len(problem.pairs) <= MOST else 0):
        if high <= low + NEAR:
            break
        level = highest(problem, few, (low, high), lacking)
        high = min(high, level.bound)
        if level.chosen is None:
            break
        plan = [level.chosen, *_above(problem, few, _least(problem, level.chosen, few))][-1]
        lifted = lift(plan)
        for one in (plan, lifted):
            if unfilled(problem, one) <= lacking and _least(problem, one, needy) > low + NEAR:
                low = _least(problem, one, needy)
                found.append(one)
        few = _joined(problem, few, [lifted, plan], needy, high)
    return found


def _joined(problem: Problem, few: Ints, plans: list[Mask], needy: Ints, high: float) -> Ints:
    """The few panels and those of the first plan that fall short in it; of the next one should there be none new."""
    for plan in plans:
        more = np.union1d(few, needy[sums(problem, plan)[needy] < high - NEAR])
        if len(more) > len(few):
            return more
    return few


def alone(problem: Problem) -> Floats:
    """What each panel would be with all experts to itself: exactly where the sets of the panel nest, else no less."""
    keys, home = _nesting(problem), at_home(problem)
    order = np.lexsort((-problem.pairs.score, ~problem.forced))
    left, homes = problem.need.tolist(), [0] * len(problem.need)
    found, used = [0.0] * len(problem.need), dict[int, int]()
    most = len(problem.pairs) if problem.per_institution is None else problem.per_institution
    most_home = len(problem.pairs) if problem.per_home is None else problem.per_home
    columns = (problem.pairs.p, problem.pairs.score, keys, home, problem.forced)
    for p, score, key, inside, forced in zip(*(one[order].tolist() for one in columns), strict=True):
        full = score <= 0 or left[p] <= 0 or (inside and homes[p] >= most_home)
        if not forced and (full or (key != NONE and used.get(key, 0) >= most)):
            continue
        found[p] += score
        left[p] -= 1
        homes[p] += inside
        used[key] = used.get(key, 0) + 1
    return np.array(found)


def _nesting(problem: Problem) -> Ints:
    """The institution of each pair within its panel; NONE for one with experts both at home and away."""
    keys, home = institution_keys(problem), at_home(problem)
    return np.where(np.isin(keys, np.intersect1d(keys[home], keys[~home])), NONE, keys)


def _least(problem: Problem, chosen: Mask, needy: Ints) -> float:
    return float(sums(problem, chosen)[needy].min(initial=np.inf))


def highest(problem: Problem, needy: Ints, between: tuple[float, float], missing: int) -> Level:
    """The plan whose worst-off panel of `needy` is highest, known to lie `between` two levels.

    missing -- at most so many seats and units of least loads are lacking.
    """
    left = rest(problem)
    model = model_of(replace(problem, even=0.0), left, np.zeros(len(left.p)), 1.0)
    panels, forced, scale = _panels(problem, left, needy, model)
    # The level stands last. Without scores and even loads nothing but what is lacking has a cost.
    grown = replace(
        model,
        cost=np.append(np.zeros(len(model.cost)), -1.0),
        rows=_grid([[model.rows, None], [-panels, np.ones((len(needy), 1))], [model.cost[np.newaxis], None]]),
        top=np.concatenate([model.top, forced, [missing]]),
        upper=np.append(model.upper, between[1] * scale),
    )
    found = _solved(grown, np.append(np.zeros(len(model.upper)), between[0] * scale), len(left.p))
    bound = between[1] if found.mip_dual_bound is None else -float(found.mip_dual_bound) / scale
    return Level(bound, _pairs(problem, found))


def _above(problem: Problem, needy: Ints, floor: float) -> list[Mask]:
    """The plan of greatest total with no panel of `needy` below `floor`, if it was found."""
    left, score = rest(problem), problem.pairs.score[~problem.forced]
    model = model_of(problem, left, score, seat_price(problem, score))
    panels, forced, scale = _panels(problem, left, needy, model)
    grown = replace(
        model, rows=_grid([[model.rows], [-panels]]), top=np.append(model.top, forced - (floor - NEAR) * scale)
    )
    found = _pairs(problem, _solved(grown, np.zeros(len(model.upper)), len(left.p)))
    return [] if found is None else [found]


def _panels(problem: Problem, left: Rest, needy: Ints, model: Model) -> tuple[Any, Floats, float]:
    """Per needy panel a row of its scores over all variables, what its forced pairs bring, and the scale of both."""
    from scipy.sparse import csr_array

    score = problem.pairs.score[~problem.forced]
    scale = LARGEST_SCORE / max(float(np.abs(problem.pairs.score).max(initial=0)), NEAR)
    rows = csr_array((score * scale, (left.p, np.arange(len(score)))), shape=(len(left.need), len(model.cost)))
    return rows[needy], sums(problem, problem.forced)[needy] * scale, scale


def _grid(blocks: list[list[Any]]) -> Any:
    from scipy.sparse import block_array, csr_array

    return csr_array(block_array(blocks))


def _solved(model: Model, lower: Floats, pairs: int) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp

    return milp(
        model.cost, constraints=LinearConstraint(model.rows, -np.inf, model.top), bounds=Bounds(lower, model.upper),
        integrality=np.arange(len(model.cost)) < pairs, options={"mip_rel_gap": 0, "node_limit": NODES},
    )  # fmt: skip


def _pairs(problem: Problem, found: Any) -> Mask | None:
    if found.x is None:
        return None
    chosen = problem.forced.copy()
    chosen[~problem.forced] = found.x[: int((~problem.forced).sum())] > 0.5  # noqa: PLR2004 - of a whole number
    return chosen
