from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.draw.exact import best
from experts.draw.flow import price_of
from experts.draw.problem import Mask, Problem, integers, open_problem
from experts.draw.programme import programme
from experts.draw.reading import parse
from experts.draw.shortage import shortages, underloaded
from tests.experts.draw.instances import faults, instance


def pairs(problem: Problem, chosen: Mask) -> list[list[int]]:
    found = problem.pairs.only(chosen)
    return [list(pair) for pair in zip(found.p.tolist(), found.e.tolist(), strict=True)]


def by_highs(problem: Problem) -> Mask:
    free, chosen = ~problem.forced, problem.forced.copy()
    score = problem.pairs.score[free]
    chosen[free] = programme(problem, score, price_of(problem, score))
    return chosen


def compared(data: dict[str, Any]) -> tuple[Any, Any]:
    problem = parse(data)
    return tuple(
        (int(chosen.sum()), round(float(problem.pairs.score[chosen].sum()), 6), underloaded(problem, chosen))
        for chosen in (best(problem), by_highs(problem))
    )  # type: ignore[return-value]


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_200_random_problems_with_panel_rules_have_the_optimum_of_highs(start: int) -> None:
    for seed in range(start, start + 20):
        ours, theirs = compared(instance(seed))
        assert ours[:2] == pytest.approx(theirs[:2], abs=1e-6), seed


@pytest.mark.parametrize("seed", range(12))
def test_regions_that_cross_institutions_have_the_optimum_of_highs_too(seed: int) -> None:
    data = instance(seed, nested=False)
    ours, theirs = compared(data)
    assert ours[:2] == pytest.approx(theirs[:2], abs=1e-6)
    assert faults(data, pairs(parse(data), best(parse(data)))) == []


@pytest.mark.parametrize("seed", range(12))
def test_least_loads_are_met_where_highs_meets_them_at_the_same_score(seed: int) -> None:
    ours, theirs = compared(instance(seed, least=3))
    assert ours[:2] == pytest.approx(theirs[:2], abs=1e-6)
    assert sum(missing for _who, missing in ours[2]) == sum(missing for _who, missing in theirs[2])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(1000, 10**6), nested=st.booleans())
def test_no_rule_is_ever_broken(seed: int, nested: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    data = instance(seed, nested=nested)
    problem = parse(data)
    assert faults(data, pairs(problem, best(problem))) == []


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(1000, 10**6))
def test_what_is_short_is_what_is_missing(seed: int) -> None:
    problem = parse(instance(seed))
    chosen = best(problem)
    missing = sum(short.missing for short in shortages(problem, chosen))
    assert missing == int(problem.need.sum()) - int(chosen.sum())


def small(rules: dict[str, Any], *, load: int = 9, **more: Any) -> dict[str, Any]:
    experts = [{"id": at, "institution": "a" if at < 3 else "b", "region": "home" if at < 3 else "far",
                "max_load": load} for at in range(4)]  # fmt: skip
    return {
        "experts": experts, "affinity": [[0, at, 0.5] for at in range(4)], "conflicts": [], "forced": [],
        "proposals": [{"id": "P", "experts_needed": 3, "institution": "c", "home_region": "home"}],
        "rules": rules, "mode": "best", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "missing", "binding"),
    [
        (small({}, affinity=[[0, 1, 0.5]]), 2, "affinity"),
        (small({}, conflicts=[[0, 0], [0, 1]]), 1, "conflicts"),
        (small({"max_per_institution": 1}), 1, "max_per_institution"),
        (small({"max_home_region": 1}), 1, "max_home_region"),
        (small({"max_home_region": 1, "max_per_institution": 2}), 1, "max_home_region"),
        (small({}, load=0), 3, "max_load"),
    ],
)
def test_a_shortage_names_the_rule_that_binds(data: dict[str, Any], missing: int, binding: str) -> None:
    problem = parse(data)
    assert [(one.proposal, one.missing, one.binding) for one in shortages(problem, best(problem))] == [
        ("P", missing, binding)
    ]


def test_a_forced_expert_of_the_home_region_takes_the_place_of_the_institution() -> None:
    """Expert 0 is forced and of the same institution as expert 3, who lives elsewhere: two are left, one may come."""
    data = small({"max_per_institution": 1, "max_home_region": 1}, forced=[[0, 0]])
    for at, house in enumerate("axya"):
        data["experts"][at]["institution"] = house
    data["proposals"][0]["experts_needed"] = 2
    problem = parse(data)
    assert [(one.missing, one.binding) for one in shortages(problem, best(problem))] == [(1, "max_home_region")]


def test_a_seat_is_filled_at_the_price_of_a_long_chain_of_worse_panels() -> None:
    length = 30
    house = {"institution": None, "region": None}
    experts = [{"id": at, "max_load": 1, **house} for at in range(length + 1)]
    proposals = [{"id": at, "experts_needed": 1, "institution": None, "home_region": None} for at in range(length + 1)]
    affinity = [[at, at + 1, 1.0] for at in range(length)] + [[at, at, 0.0] for at in range(length)]
    affinity.append([length, length, 0.0])
    data = {"experts": experts, "proposals": proposals, "affinity": affinity, "mode": "best"}
    assert int(best(parse(data)).sum()) == length + 1


@pytest.mark.parametrize("score", [0.0, 1e-300, -1e-9, 1e-3])
def test_a_seat_is_filled_however_small_the_scores(score: float) -> None:
    problem = parse(small({}, affinity=[[0, at, score] for at in range(4)]))
    assert int(best(problem).sum()) == 3


def test_scores_of_many_digits_are_told_apart() -> None:
    data = small({}, affinity=[[0, at, 0.5 + at * 1e-9] for at in range(4)])
    problem = parse(data)
    assert np.flatnonzero(best(problem)).tolist() == [1, 2, 3]


def test_loads_are_even_where_likeness_is_equal() -> None:
    found = [(p, e, 1.0) for p in range(6) for e in range(3)]
    sizes = {"need": integers([1] * 6), "most": integers([6] * 3)}
    problem = open_problem(**sizes, found=found, even=0.5, started=integers([3, 0, 0]))
    chosen = best(problem)
    assert np.bincount(problem.pairs.e[chosen], minlength=3).tolist() == [0, 3, 3]


def test_a_load_is_worth_its_price_in_likeness_and_no_more() -> None:
    found = [(p, e, [1.0, 0.2][e]) for p in range(4) for e in range(2)]
    sizes = {"need": integers([1] * 4), "most": integers([4, 4])}
    problems = [open_problem(**sizes, found=found, even=even) for even in (0.0, 0.25, 0.5)]
    loads = [np.bincount(one.pairs.e[best(one)], minlength=2).tolist() for one in problems]
    assert loads == [[4, 0], [4, 0], [3, 1]]
