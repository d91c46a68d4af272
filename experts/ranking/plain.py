"""Scores that need no model: mean, trimmed mean, shrunken T-score, ridge."""

from __future__ import annotations

import numpy as np

from experts.ranking.scores import Floats, Ints, Scores

# An expert's own mean and spread count as if this many scores of the whole round stood beside them.
PRIOR_SCORES = 5
T_MEAN, T_SPREAD = 50.0, 10.0
LEAST_TRIMMED = 3
# Penalties: how many scores of a proposal or expert weigh as much as the belief that it is average.
PROPOSAL_PENALTY, EXPERT_PENALTY = 0.1, 3.0
CLOSE, MOST_TURNS = 1e-10, 2_000


def average(values: Floats, of: Ints, size: int) -> Floats:
    """The mean of `values` for each of 0 … size-1; each must occur."""
    return np.asarray(np.bincount(of, weights=values, minlength=size) / np.bincount(of, minlength=size))


def raw_mean(scores: Scores) -> Floats:
    """The mean of each proposal's scores."""
    return average(scores.y, scores.p, len(scores.proposals))


def trimmed(scores: Scores) -> Floats:
    """The mean without the highest and the lowest score; with fewer than three scores the plain mean."""
    order = np.lexsort((scores.y, scores.p))
    y, p = scores.y[order], scores.p[order]
    size = np.bincount(p, minlength=len(scores.proposals))
    start = np.cumsum(size) - size
    kept = np.ones(len(y), dtype=bool)
    full = size >= LEAST_TRIMMED
    kept[start[full]] = kept[(start + size - 1)[full]] = False
    return average(y[kept], p[kept], len(scores.proposals))


def t_score(scores: Scores) -> Floats:
    """Mean of 50 + 10 (y - m) / s, where m and s of each expert are drawn towards the round's by five scores."""
    y, e, experts = scores.y, scores.e, len(scores.experts)
    middle, spread = float(y.mean()), float(y.var())
    if not spread:
        return np.full(len(scores.proposals), T_MEAN)
    count = np.bincount(e, minlength=experts)
    mean = (np.bincount(e, weights=y, minlength=experts) + PRIOR_SCORES * middle) / (count + PRIOR_SCORES)
    squares = np.bincount(e, weights=(y - mean[e]) ** 2, minlength=experts)
    deviation = np.sqrt((squares + PRIOR_SCORES * spread) / (count + PRIOR_SCORES))
    return average(T_MEAN + T_SPREAD * (y - mean[e]) / deviation[e], scores.p, len(scores.proposals))


def ridge(scores: Scores) -> Floats:
    """Mean plus effect of each proposal in y = mean + proposal + expert, least squares with penalties on both.

    Solved in turns (Gauss-Seidel), which converges because the penalised sum of squares is strictly convex.
    """
    y, p, e = scores.y, scores.p, scores.e
    proposals, experts = len(scores.proposals), len(scores.experts)
    by_p, by_e = np.bincount(p, minlength=proposals), np.bincount(e, minlength=experts)
    middle, effect, offset = float(y.mean()), np.zeros(proposals), np.zeros(experts)
    for _turn in range(MOST_TURNS):
        before = effect
        effect = np.bincount(p, weights=y - middle - offset[e], minlength=proposals) / (by_p + PROPOSAL_PENALTY)
        offset = np.bincount(e, weights=y - middle - effect[p], minlength=experts) / (by_e + EXPERT_PENALTY)
        middle = float((y - effect[p] - offset[e]).mean())
        if np.abs(effect - before).max() <= CLOSE * max(1.0, float(np.abs(y).max())):
            break
    return np.asarray(middle + effect)
