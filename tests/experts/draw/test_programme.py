"""What the flow cannot do: kinds that must be there. Compared with every assignment there is."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.draw.exact import best
from experts.draw.flow import price_of
from experts.draw.problem import Mask, Problem
from experts.draw.programme import KINDS_PER_SEAT, programme, seat_price
from experts.draw.reading import parse
from experts.draw.shortage import lacking_kinds
from tests.experts.draw.instances import faults, instance
from tests.experts.draw.test_exact import pairs

KINDS = ("technical", "industry", "finance")


def with_kinds(seed: int, least: dict[str, int], **more: Any) -> dict[str, Any]:
    """A random problem in which each expert is of some kinds."""
    data, draw = instance(seed, **more), np.random.default_rng(seed)
    for one in data["experts"]:
        one["kinds"] = [kind for kind in KINDS if draw.random() < 0.4]
    return data | {"rules": {**data["rules"], "least_of_kind": least}}


def small(seed: int) -> dict[str, Any]:
    """Three proposals and five experts: few enough to try everything."""
    draw = np.random.default_rng(seed)
    experts = [
        {"id": at, "institution": f"i{draw.integers(0, 3)}", "region": "r", "max_load": int(draw.integers(1, 4)),
         "kinds": [kind for kind in KINDS if draw.random() < 0.4]} for at in range(5)
    ]  # fmt: skip
    proposals = [{"id": at, "experts_needed": 2, "institution": None, "home_region": None} for at in range(3)]
    affinity = [[p, e, round(float(draw.random()), 3)] for p in range(3) for e in range(5) if draw.random() < 0.8]
    rules = {"max_per_institution": 1, "least_of_kind": {"industry": 1, "finance": 1}}
    return {"experts": experts, "proposals": proposals, "affinity": affinity, "rules": rules, "mode": "best"}


def worth(problem: Problem, chosen: Mask) -> float:
    price = seat_price(problem, problem.pairs.score)
    kinds = sum(one.missing for one in lacking_kinds(problem, chosen))
    return float(problem.pairs.score[chosen].sum()) + price * (int(chosen.sum()) - kinds / KINDS_PER_SEAT)


def best_of_all(problem: Problem) -> float:
    panels = [
        [panel for size in range(3) for panel in combinations(np.flatnonzero(problem.pairs.p == p).tolist(), size)]
        for p in range(3)
    ]
    worths = []
    for choice in product(*panels):
        chosen = np.zeros(len(problem.pairs), dtype=bool)
        chosen[[at for panel in choice for at in panel]] = True
        loads = np.bincount(problem.pairs.e[chosen], minlength=5)
        houses = [problem.institution[problem.pairs.e[list(panel)]].tolist() for panel in choice]
        if (loads <= problem.most).all() and all(len(set(one)) == len(one) for one in houses):
            worths.append(worth(problem, chosen))
    return max(worths)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_nothing_that_can_be_assigned_is_better(seed: int) -> None:
    problem = parse(small(seed))
    assert worth(problem, best(problem)) == pytest.approx(best_of_all(problem))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_kinds_come_with_every_other_rule(seed: int, nested: bool) -> None:  # noqa: FBT001
    data = with_kinds(seed, {"industry": 1, "technical": 2}, nested=nested)
    problem = parse(data)
    chosen = best(problem)
    assert faults(data, pairs(problem, chosen)) == []
    without = parse(data | {"rules": {**data["rules"], "least_of_kind": None}})
    assert len(lacking_kinds(problem, chosen)) <= len(lacking_kinds(problem, best(without)))


@pytest.mark.parametrize("seed", range(30))
def test_even_loads_cost_the_flow_and_highs_the_same(seed: int) -> None:
    data = instance(seed)
    for at, one in enumerate(data["experts"]):
        one["load"] = at % 3
    problem = parse(data | {"rules": {**data["rules"], "even_load": 0.1}})
    free, highs = ~problem.forced, problem.forced.copy()
    score = problem.pairs.score[free]
    highs[free] = programme(problem, score, price_of(problem, score))
    assert _even_worth(problem, best(problem)) == pytest.approx(_even_worth(problem, highs))


def _even_worth(problem: Problem, chosen: Mask) -> tuple[int, float]:
    free = chosen & ~problem.forced
    assert problem.started is not None
    loads = np.bincount(problem.pairs.e[free], minlength=len(problem.most))
    cost = sum(0.1 * (start + at) for start, load in zip(problem.started, loads, strict=True) for at in range(load))
    return int(chosen.sum()), round(float(problem.pairs.score[chosen].sum()) - cost, 6)


def test_a_kind_nobody_is_of_is_told_and_costs_no_seat() -> None:
    data = small(1)
    for one in data["experts"]:
        one["kinds"] = []
    problem = parse(data)
    without = parse(data | {"rules": {"max_per_institution": 1}})
    assert best(problem).tolist() == best(without).tolist()
    found = {(one.proposal, one.kind, one.missing) for one in lacking_kinds(problem, best(problem))}
    assert found == {(at, kind, 1) for at in range(3) for kind in ("industry", "finance")}


def test_a_seat_that_is_taken_counts_for_its_kind() -> None:
    data = small(3) | {"affinity": [[0, e, 1 - e / 10] for e in range(5)], "seated": [[0, 4]]}
    for at, one in enumerate(data["experts"]):
        one |= {"institution": f"i{at}", "kinds": ["industry", "finance"] if at == 4 else []}
    problem = parse(data)
    assert pairs(problem, best(problem)) == [[0, 0], [0, 4]]
