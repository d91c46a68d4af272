"""The same assignment as a linear programme for HiGHS: for rules that cross, and to check the flow against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experts.draw.flow import Rest, rest
from experts.draw.nest import at_home, institution_keys
from experts.draw.problem import NONE, Floats, Ints, Mask, Problem

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class ProgrammeError(RuntimeError):
    """HiGHS gave no answer."""


def programme(problem: Problem, score: Floats, price: float, *, whole: bool = True) -> Mask:
    """The free pairs of greatest score; each missing seat and each unit below a least load costs `price`.

    whole -- ask for whole numbers where the relaxation has fractions.
    """
    from scipy.optimize import linprog, milp

    left = rest(problem)
    cost, rows, top, upper = _model(problem, left, score, price)
    relaxed = linprog(cost, A_ub=rows, b_ub=top, bounds=np.column_stack([np.zeros(len(upper)), upper]), method="highs")
    found = _answer(relaxed)
    if whole and np.abs(found - np.rint(found)).max(initial=0) > 1e-6:  # noqa: PLR2004 - of a whole number
        from scipy.optimize import Bounds, LinearConstraint

        exact = milp(
            cost, constraints=LinearConstraint(rows, -np.inf, top), bounds=Bounds(0, upper),
            integrality=np.ones(len(cost)), options={"mip_rel_gap": 0},
        )  # fmt: skip
        found = _answer(exact)
    return np.asarray(found[: len(left.p)] > 0.5)  # noqa: PLR2004 - of a whole number


def _answer(result: Any) -> Floats:
    if result.x is None:
        raise ProgrammeError(result.message)
    return np.asarray(result.x, dtype=np.float64)


def _model(problem: Problem, left: Rest, score: Floats, price: float) -> tuple[Floats, csr_array, Floats, Floats]:
    """Variables: pairs, missing seats, missing loads. Rows: seats at most and at least, loads, institutions, homes."""
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    size, seats, experts = len(left.p), len(left.need), len(left.most)
    by_seat, by_expert = _rows(left.p, seats), _rows(left.e, experts)
    rules = [_rule(at_home(problem), problem.pairs.p, problem.per_home, problem.forced),
             _rule(*_known(problem), problem.per_institution, problem.forced)]  # fmt: skip
    pair_rows = vstack([by_seat, -by_seat, by_expert, -by_expert, *(rows for rows, _top in rules)])
    extra = pair_rows.shape[0] - 2 * seats - 2 * experts
    short = vstack([csr_array((seats, seats)), -eye_array(seats), csr_array((2 * experts + extra, seats))])
    under = vstack([csr_array((2 * seats + experts, experts)), -eye_array(experts), csr_array((extra, experts))])
    top = np.concatenate([left.need, -left.need, left.most, -left.least, *(top for _rows, top in rules)]).astype(float)
    cost = np.concatenate([-score, np.full(seats + experts, price)])
    upper = np.concatenate([np.ones(size), left.need, left.least]).astype(float)
    return cost, csr_array(hstack([pair_rows, short, under])), top, upper


def _rows(of: Ints, size: int) -> csr_array:
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(of)), (of, np.arange(len(of)))), shape=(size, len(of)))


def _known(problem: Problem) -> tuple[Mask, Ints]:
    keys = institution_keys(problem)
    return keys != NONE, keys


def _rule(counted: Mask, keys: Ints, cap: int | None, forced: Mask) -> tuple[csr_array, Floats]:
    """One row per key over the free pairs that count, with what the forced ones leave."""
    from scipy.sparse import csr_array

    if cap is None or not counted.any():
        return csr_array((0, int((~forced).sum()))), np.zeros(0)
    found, which = np.unique(keys[counted], return_inverse=True)
    row = np.full(len(keys), NONE)
    row[counted] = which
    used = np.bincount(row[forced & counted], minlength=len(found))
    free, column = row[~forced], np.arange(int((~forced).sum()))
    on = free != NONE
    cells = csr_array((np.ones(int(on.sum())), (free[on], column[on])), shape=(len(found), len(free)))
    return cells, np.asarray(cap - used, dtype=np.float64)
