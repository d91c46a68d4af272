"""The same assignment as a linear programme for HiGHS: for rules that cross, and to check the flow against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experts.draw.flow import Rest, price_of, rest, terms_of
from experts.draw.nest import at_home, institution_keys
from experts.draw.problem import NONE, Floats, Ints, Mask, Problem, count

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class ProgrammeError(RuntimeError):
    """HiGHS gave no answer."""


# A missing seat weighs as much as so many missing experts of a kind.
KINDS_PER_SEAT = 8


def seat_price(problem: Problem, score: Floats) -> float:
    """What a missing seat costs: more than any exchange can gain, even where it brings or loses experts of a kind."""
    return price_of(problem, score, terms_of(problem)) * (KINDS_PER_SEAT if problem.kinds else 1)


def programme(problem: Problem, score: Floats, price: float, *, whole: bool = True) -> Mask:
    """The free pairs of greatest score; each missing seat and each unit below a least load costs `price`.

    whole -- ask for whole numbers where the relaxation has fractions.
    """
    from scipy.optimize import linprog, milp

    left = rest(problem)
    model = model_of(problem, left, score, price)
    bounds = np.column_stack([np.zeros(len(model.upper)), model.upper])
    relaxed = linprog(model.cost, A_ub=model.rows, b_ub=model.top, bounds=bounds, method="highs")
    found = _answer(relaxed)[: len(left.p)]
    if whole and np.abs(found - np.rint(found)).max(initial=0) > 1e-6:  # noqa: PLR2004 - of a whole number
        from scipy.optimize import Bounds, LinearConstraint

        exact = milp(
            model.cost, constraints=LinearConstraint(model.rows, -np.inf, model.top), bounds=Bounds(0, model.upper),
            integrality=np.arange(len(model.cost)) < len(left.p), options={"mip_rel_gap": 0},
        )  # fmt: skip
        found = _answer(exact)[: len(left.p)]
    return np.asarray(found > 0.5)  # noqa: PLR2004 - of a whole number


def _answer(result: Any) -> Floats:
    if result.x is None:
        raise ProgrammeError(result.message)
    return np.asarray(result.x, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Model:
    """cost · x least, rows · x at most `top`, each x from 0 to `upper`. The free pairs come first."""

    cost: Floats
    rows: csr_array
    top: Floats
    upper: Floats


@dataclass(frozen=True, eq=False)
class _Part:
    """Rows over the free pairs, and variables of their own that lessen their left side by one each, with a cost."""

    rows: csr_array
    top: Floats
    owner: Ints
    cost: Floats
    upper: Floats


def model_of(problem: Problem, left: Rest, score: Floats, price: float) -> Model:
    """Seats at most and at least, loads at most and at least, institutions, homes, kinds, one part after the other."""
    from scipy.sparse import csr_array, hstack, vstack

    parts = [*_seats(left, price), *_loads(problem, left, price), *_panels(problem), *_quotas(problem, left, price)]
    rows = vstack([part.rows for part in parts])
    start = np.cumsum([0, *(part.rows.shape[0] for part in parts)])
    owner = np.concatenate([part.owner + at for part, at in zip(parts, start, strict=False)]).astype(np.int64)
    slack = csr_array((-np.ones(len(owner)), (owner, np.arange(len(owner)))), shape=(rows.shape[0], len(owner)))
    return Model(
        np.concatenate([-score, *(part.cost for part in parts)]),
        csr_array(hstack([rows, slack])),
        np.concatenate([part.top for part in parts]).astype(np.float64),
        np.concatenate([np.ones(len(score)), *(part.upper for part in parts)]).astype(np.float64),
    )


def _plain(rows: csr_array, top: Any) -> _Part:
    none = np.zeros(0)
    return _Part(rows, np.asarray(top, dtype=np.float64), none.astype(np.int64), none, none)


def _priced(rows: csr_array, least: Any, price: float) -> _Part:
    """At least so much of each row; what is missing costs `price`."""
    size = rows.shape[0]
    missing = np.maximum(np.asarray(least, dtype=np.float64), 0)
    return _Part(-rows, -missing, np.arange(size), np.full(size, price), missing)


def _seats(left: Rest, price: float) -> list[_Part]:
    rows = _rows(left.p, len(left.need))
    return [_plain(rows, left.need), _priced(rows, left.need, price)]


def _loads(problem: Problem, left: Rest, price: float) -> list[_Part]:
    rows = _rows(left.e, len(left.most))
    least = _priced(rows, left.least, price)
    if not problem.even:
        return [_plain(rows, left.most), least]
    expert = np.repeat(np.arange(len(left.most)), left.most)
    number = np.arange(len(expert)) - np.repeat(np.cumsum(left.most) - left.most, left.most)
    started = np.zeros_like(left.most) if problem.started is None else problem.started
    cost = np.where(number < left.least[expert], 0.0, (started[expert] + number) * problem.even)
    return [_Part(rows, np.zeros(len(left.most)), expert, cost, np.ones(len(expert))), least]


def _panels(problem: Problem) -> list[_Part]:
    return [
        _plain(*_rule(at_home(problem), problem.pairs.p, problem.per_home, problem.forced)),
        _plain(*_rule(*_known(problem), problem.per_institution, problem.forced)),
    ]


def _quotas(problem: Problem, left: Rest, price: float) -> list[_Part]:
    """Per kind one row for each proposal that needs experts."""
    found = []
    for least, members in problem.kinds.values():
        fixed = count(problem.pairs.p[problem.forced & members[problem.pairs.e]], len(problem.need))
        rows = _rows(left.p, len(left.need), members[left.e])
        found.append(_priced(rows, np.minimum(least, problem.need) - fixed, price / KINDS_PER_SEAT))
    return found


def _rows(of: Ints, size: int, which: Mask | None = None) -> csr_array:
    """One row per number in `of`, over the pairs marked in `which`."""
    from scipy.sparse import csr_array

    values = np.ones(len(of)) if which is None else which.astype(np.float64)
    return csr_array((values, (of, np.arange(len(of)))), shape=(size, len(of)))


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
    return cells, np.maximum(np.asarray(cap - used, dtype=np.float64), 0)
