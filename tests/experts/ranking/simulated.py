"""Rounds of scores with planted truth: quality and offsets are known, so that methods can be judged."""

from __future__ import annotations

import numpy as np

from experts.ranking.scores import Floats, Scores


def simulated(
    seed: int, *, proposals: int = 600, each: int = 5, experts: int = 180, offset: float = 5.0, noise: float = 5.0
) -> tuple[Floats, Floats, Scores]:
    """Quality of the proposals (70 ± 8), offsets of the experts, and their scores."""
    draw = np.random.default_rng(seed)
    quality, generous = draw.normal(70, 8, proposals), draw.normal(0, offset, experts)
    turns = -(-proposals * each // experts)
    seats = np.concatenate([draw.permutation(experts) for _ in range(turns)])[: proposals * each].reshape(
        proposals, each
    )
    for at, row in enumerate(seats):
        if len(set(row.tolist())) < each:
            seats[at] = draw.choice(experts, each, replace=False)
    p, e = np.repeat(np.arange(proposals), each), seats.ravel()
    y = quality[p] + generous[e] + draw.normal(0, noise, len(p))
    names = [f"p{at:04}" for at in range(proposals)], [f"e{at}" for at in range(experts)]
    return quality, generous, Scores(*names, p, e, y)


def spearman(one: Floats, other: Floats) -> float:
    """The correlation of the ranks."""
    return float(np.corrcoef(np.argsort(np.argsort(one)), np.argsort(np.argsort(other)))[0, 1])
