"""The greatest least panel by an integer programme written from the JSON alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

# HiGHS keeps a row within 1e-6; in thousandths of a score that is a billionth.
SCALE = 1000.0
Row = tuple[NDArray[np.float64], float, float]


def greatest_least(data: dict[str, Any]) -> tuple[int, float]:
    """The fewest seats and units of least loads that can be lacking, and how high the least panel then goes."""
    score = {(p, e): value for p, e, value in data["affinity"]}
    pairs = _pairs(data, score)
    rows = _rows(data, pairs)
    size = len(rows[0][0])
    lacking = np.zeros(size)
    lacking[len(pairs) : -1] = 1
    lower, upper = np.zeros(size), np.append(np.ones(len(pairs)), np.full(size - len(pairs), np.inf))
    lower[-1] = -np.inf
    lower[: len(pairs)] = [list(pair) in data["forced"] for pair in pairs]
    fewest = round(_least(lacking, rows, (lower, upper), len(pairs)))
    rows.append((lacking, 0, fewest))
    for p in {p for p, _e in pairs}:
        panel = np.array([SCALE * score.get(pair, 0) * (pair[0] == p) for pair in pairs])
        rows.append((np.concatenate([panel, np.zeros(size - len(pairs) - 1), [-1.0]]), 0, np.inf))
    level = np.zeros(size)
    level[-1] = -1
    return fewest, -_least(level, rows, (lower, upper), len(pairs)) / SCALE


def _pairs(data: dict[str, Any], score: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    experts, proposals = data["experts"], data["proposals"]
    return [
        (p, e) for p, e in score
        if [p, e] not in data["conflicts"] and experts[e]["institution"] != proposals[p]["institution"]
    ]  # fmt: skip


def _rows(data: dict[str, Any], pairs: list[tuple[int, int]]) -> list[Row]:
    """Seats, institutions, homes, loads. After the pairs stand what seats and loads lack, and the level."""
    experts, proposals = data["experts"], data["proposals"]
    size = len(pairs) + len(proposals) + len(experts) + 1
    found: list[Row] = []
    for at, one in enumerate(proposals):
        seats = float(one["experts_needed"])
        found.append((_row([p == at for p, _e in pairs], size, at), seats, seats))
        found += [(_row(which, size), 0.0, most) for which, most in _panel(data, pairs, at)]
    for at, one in enumerate(experts):
        taken = [e == at for _p, e in pairs]
        found.append((_row(taken, size), 0.0, float(one["max_load"])))
        found.append((_row(taken, size, len(proposals) + at), float(one.get("min_load", 0)), np.inf))
    return found


def _panel(data: dict[str, Any], pairs: list[tuple[int, int]], at: int) -> Iterator[tuple[list[bool], float]]:
    """The pairs of each institution in one panel, those at home, and how many there may be."""
    experts, rules, home = data["experts"], data["rules"], data["proposals"][at]["home_region"]
    for house in {one["institution"] for one in experts}:
        yield [p == at and experts[e]["institution"] == house for p, e in pairs], rules["max_per_institution"]
    yield [p == at and experts[e]["region"] == home for p, e in pairs], rules["max_home_region"]


def _row(which: list[bool], size: int, slack: int | None = None) -> NDArray[np.float64]:
    found = np.zeros(size)
    found[: len(which)] = which
    if slack is not None:
        found[len(which) + slack] = 1
    return found


def _least(cost: NDArray[np.float64], rows: list[Row], bounds: Any, pairs: int) -> float:
    matrix, least, most = (np.array(column) for column in zip(*rows, strict=True))
    found = milp(
        cost, constraints=LinearConstraint(matrix, least, most), bounds=Bounds(*bounds),
        integrality=np.arange(len(cost)) < pairs, options={"mip_rel_gap": 0},
    )  # fmt: skip
    return float(found.fun)
