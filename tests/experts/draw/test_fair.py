from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np
import pytest

from experts.draw.exact import best
from experts.draw.fair import fair
from experts.draw.problem import Mask, Problem, sums
from experts.draw.reading import parse
from experts.draw.shortage import underloaded
from tests.experts.draw.instances import faults, instance
from tests.experts.draw.test_exact import pairs


@pytest.mark.parametrize("seed", range(64))
def test_the_worst_off_is_never_worse_off_than_in_the_best_mode(seed: int) -> None:
    """Fixed rounds, half of them nested, with least loads from 0 to 3.

    Where sets cross, fair mode misses one least load more than best mode in 3 of 2971 other rounds (2060, 2476, 2934
    by the rule below): `_sets` and `_mark` count the seats that folding costs, not the least loads.
    """
    nested, least = bool(seed % 2), seed // 2 % 4
    data = instance(seed, nested=nested, least=least)
    problem = parse(data)
    chosen, plain = fair(problem), best(problem)
    assert faults(data, pairs(problem, chosen)) == []
    assert int(chosen.sum()) + missing(problem, plain) == int(plain.sum()) + missing(problem, chosen)
    if nested:
        assert sum(n for _who, n in underloaded(problem, chosen)) == sum(n for _who, n in underloaded(problem, plain))
        assert sums(problem, chosen).min() >= sums(problem, plain).min() - 1e-9


def missing(problem: Problem, chosen: Mask) -> int:
    return sum(number for _who, number in underloaded(problem, chosen))


def test_a_seat_goes_from_a_panel_that_can_spare_it_to_one_that_has_none() -> None:
    """Both want both experts, who have one seat each; the best total gives both to the first."""
    none = {"institution": None, "region": None}
    data = {
        "experts": [{"id": e, "max_load": 1, **none} for e in range(2)],
        "proposals": [{"id": p, "experts_needed": 2, "institution": None, "home_region": None} for p in range(2)],
        "affinity": [[0, 0, 0.9], [0, 1, 0.8], [1, 0, 0.3], [1, 1, 0.2]], "mode": "fair",
    }  # fmt: skip
    problem = parse(data)
    assert sums(problem, best(problem)).tolist() == pytest.approx([1.7, 0])
    assert sorted(sums(problem, fair(problem)).tolist()) == pytest.approx([0.3, 0.8])


def test_as_many_seats_are_filled_as_can_be_where_institutions_cross_regions() -> None:
    """An institution at home and elsewhere, one seat at home: folded into the home set it would fill one seat only."""
    where = ["home", "home", "far", "far"]
    data = {
        "experts": [{"id": e, "institution": "ab"[e // 2], "region": where[e], "max_load": 1} for e in (0, 1, 2, 3)],
        "proposals": [{"id": "P", "experts_needed": 3, "institution": "c", "home_region": "home"}],
        "affinity": [[0, e, 0.5] for e in range(4)], "mode": "fair",
        "rules": {"max_per_institution": 2, "max_home_region": 1},
    }  # fmt: skip
    data["experts"][1]["institution"] = "b"  # type: ignore[index]
    problem = parse(data)
    assert int(fair(problem).sum()) == int(best(problem).sum()) == 3


def tiny(seed: int) -> dict[str, Any]:
    """Four proposals, four experts, two seats each, loads of two: all panels can be tried."""
    draw = np.random.default_rng(seed)
    none = {"institution": None, "region": None}
    return {
        "experts": [{"id": e, "max_load": 2, **none} for e in range(4)],
        "proposals": [{"id": p, "experts_needed": 2, "institution": None, "home_region": None} for p in range(4)],
        "affinity": [[p, e, round(float(draw.random()), 6)] for p in range(4) for e in range(4)], "mode": "fair",
    }  # fmt: skip


def greatest_least(data: dict[str, Any]) -> float:
    score = {(p, e): value for p, e, value in data["affinity"]}
    panels = list(combinations(range(4), 2))
    found = -np.inf
    for plan in product(panels, repeat=4):
        if all(sum(e in panel for panel in plan) <= 2 for e in range(4)):
            found = max(found, min(sum(score[p, e] for e in panel) for p, panel in enumerate(plan)))
    return found


@pytest.mark.parametrize("seed", range(10))
def test_small_rounds_come_near_the_greatest_least_panel(seed: int) -> None:
    data = tiny(seed)
    problem = parse(data)
    ours = float(sums(problem, fair(problem)).min())
    assert ours <= greatest_least(data) + 1e-9
    assert ours >= 0.95 * greatest_least(data)
