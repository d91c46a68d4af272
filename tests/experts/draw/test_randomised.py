from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from experts.draw.nest import nest
from experts.draw.problem import Problem
from experts.draw.randomised import blend, draw, lottery
from experts.draw.reading import parse
from experts.draw.shortage import shortages
from tests.experts.draw.instances import faults, instance
from tests.experts.draw.test_exact import pairs
from tests.experts.management.commands.test_assign_experts import run

CAPS = [0.001, 0.1, 0.125, 0.3, 0.5, 0.6, 0.75, 0.8, 0.999, 1.0]


def drawn(seed: int, cap: float, **more: Any) -> dict[str, Any]:
    return instance(seed, mode="drawn", probability_cap=cap, **more)


@pytest.mark.parametrize("cap", CAPS)
def test_a_cap_is_blended_from_below(cap: float) -> None:
    parts = blend(cap)
    mean = sum(part * weight for part, weight in parts) / sum(weight for _part, weight in parts)
    assert Fraction(cap) * Fraction(98, 100) <= mean <= Fraction(cap)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), cap=st.sampled_from(CAPS), nested=st.booleans(), secret=st.text(max_size=5))
def test_every_draw_keeps_every_rule(seed: int, cap: float, nested: bool, secret: str) -> None:  # noqa: FBT001
    data = drawn(seed, cap, nested=nested)
    problem = parse(data)
    chosen = draw(problem, lottery(problem), secret)
    assert faults(data, pairs(problem, chosen)) == []
    missing = sum(short.missing for short in shortages(problem, chosen))
    assert missing == int(problem.need.sum()) - int(chosen.sum())


@pytest.mark.parametrize("cap", [0.3, 0.5, 0.75, 0.8])
def test_chances_are_exact_over_draws_and_never_above_the_cap(cap: float) -> None:
    problem = parse(drawn(11, cap))
    chances = lottery(problem)
    table = chances.chances(problem)
    free = {pair for pair, one in zip(table, table.values(), strict=True) if list(pair) not in instance(11)["forced"]}
    assert max(table[pair] for pair in free) <= Fraction(cap)
    turns = 2000
    seen = np.sum([draw(problem, chances, number) for number in range(turns)], axis=0)
    expected = np.array([float(table.get((p, e), 0)) for p, e in pairs(problem, np.ones(len(problem.pairs), bool))])
    deviation = np.sqrt(np.maximum(expected * (1 - expected), 1e-12) * turns)
    z = (seen - expected * turns) / deviation
    assert np.abs(z).max() < 4.5
    assert (seen[expected == 0] == 0).all()


@pytest.mark.parametrize(("seed", "cap"), [(seed, cap) for seed in range(10) for cap in (0.25, 0.5, 0.75)])
def test_expected_score_is_the_optimum_of_the_linear_programme(seed: int, cap: float) -> None:
    problem = parse(drawn(seed, cap) | {"forced": []})
    chances = lottery(problem)
    found = sum(float(one) * problem.pairs.score[at] for at, one in _by_row(problem, chances.chances(problem)))
    seats = sum(float(one) for _at, one in _by_row(problem, chances.chances(problem)))
    assert (found, seats) == pytest.approx(_optimum(problem, cap), abs=1e-6)


def _by_row(problem: Problem, table: dict[tuple[int, int], Fraction]) -> list[tuple[int, Fraction]]:
    places = pairs(problem, np.ones(len(problem.pairs), bool))
    return [(at, table[p, e]) for at, (p, e) in enumerate(places) if (p, e) in table]


def _optimum(problem: Problem, cap: float) -> tuple[float, float]:
    """By HiGHS, from the sets themselves: the most seats first, then the score."""
    sets, size = nest(problem), len(problem.pairs)
    rows, top = [], []
    for of, limits in ((problem.pairs.p, problem.need), (problem.pairs.e, problem.most)):
        rows += [(of == at).astype(float) for at in range(len(limits))]
        top += limits.tolist()
    for at, limit in enumerate(sets.cap):
        within = (sets.inner == at) | ((sets.inner >= 0) & (sets.around[sets.inner] == at))
        rows.append(within.astype(float))
        top.append(limit)
    answer = linprog(-problem.pairs.score - 100, A_ub=np.array(rows), b_ub=top, bounds=[(0, cap)] * size)
    return float(answer.x @ problem.pairs.score), float(answer.x.sum())


def test_a_forced_pair_is_certain_whatever_the_cap() -> None:
    problem = parse(drawn(5, 0.1))
    assert problem.forced.any()
    assert all(draw(problem, lottery(problem), number)[problem.forced].all() for number in range(20))


def test_one_seed_gives_one_plan_in_every_process(tmp_path: Path) -> None:
    source = tmp_path / "P.json"
    source.write_text(json.dumps(drawn(3, 0.5) | {"seed": "autumn"}))
    plans = []
    for number, threads in ((0, "1"), (1, "2"), (4242, "8")):
        target = tmp_path / f"{number}.json"
        environment = {"PYTHONHASHSEED": str(number), "OMP_NUM_THREADS": threads}
        assert run("assign_experts", "--problem", source, "--plan", target, **environment).returncode == 0
        plans.append(target.read_bytes())
    assert plans[0] == plans[1] == plans[2]


def test_the_order_of_keys_and_lists_does_not_change_the_draw() -> None:
    data = drawn(3, 0.5)
    turned = dict(reversed(data.items())) | {"affinity": data["affinity"][::-1], "conflicts": data["conflicts"][::-1]}
    one, other = parse(data), parse(turned)
    assert pairs(one, draw(one, lottery(one), 1)) == pairs(other, draw(other, lottery(other), 1))


def test_a_draw_without_a_seed_makes_one_that_replays(tmp_path: Path) -> None:
    source, first, second = (tmp_path / name for name in ("P.json", "first.json", "second.json"))
    data = drawn(3, 0.5)
    source.write_text(json.dumps(data))
    assert run("assign_experts", "--problem", source, "--plan", first).returncode == 0
    plan = json.loads(first.read_text())
    assert len(plan["seed"]) == 64
    source.write_text(json.dumps(data | {"seed": plan["seed"]}))
    assert run("assign_experts", "--problem", source, "--plan", second).returncode == 0
    assert json.loads(second.read_text())["assignments"] == plan["assignments"]
