"""Random effects: score = mean + proposal + expert + noise, all normal, variances by restricted likelihood.

The posterior is exact given the variances (Henderson's mixed model equations; proposals are eliminated, what remains
is as large as the number of experts). Expected ranks follow Heyard et al. 2022 for the Swiss National Science
Foundation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import ndtr

from experts.ranking.scores import Floats, Scores

# Two-sided 95 per cent of the normal distribution.
WIDTH = 1.959963984540054
LEAST_LOG, MOST_LOG = -12.0, 14.0
LEAST_SPREAD = 1e-12
CHUNK = 1_000


@dataclass(frozen=True, eq=False)
class Effects:
    """What is known of proposals and experts, on the scale of the scores.

    effect, low, high -- each proposal's expected score by an average expert with its 95 % interval; expected_rank -- 1
    is best; offset -- of each expert, positive if generous; variances -- of proposals, experts and noise.
    """

    effect: Floats
    low: Floats
    high: Floats
    expected_rank: Floats
    offset: Floats
    variances: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class _Design:
    """Reviews per proposal; per proposal and expert, with a last column for the mean; sums of scores."""

    by_p: Floats
    links: csr_array
    right: Floats
    sums: Floats
    total: Floats
    squares: float
    size: int


@dataclass(frozen=True, eq=False)
class _Solved:
    """One solution for given ratios of variance: `shrunk` links over diagonal, `inverse` of what remains."""

    diagonal: Floats
    shrunk: csr_array
    kernel: Floats
    rest: Floats
    effect: Floats
    noise: float
    deviance: float


def effects(scores: Scores) -> Effects:
    """The posterior of every proposal and expert. Scores must be connected (`refuse_disconnected`)."""
    middle, spread = float(scores.y.mean()), float(scores.y.std())
    if spread <= LEAST_SPREAD * max(1.0, abs(middle)):
        return _all_equal(scores, middle)
    design = _design(scores, (scores.y - middle) / spread)
    logs = _most_likely(design)
    return _posterior(_solve(design, logs), logs, middle, spread)


def _all_equal(scores: Scores, middle: float) -> Effects:
    same = np.full(len(scores.proposals), middle)
    rank = np.full(len(same), (len(same) + 1) / 2)
    return Effects(same, same, same, rank, np.zeros(len(scores.experts)), (0.0, 0.0, 0.0))


def _design(scores: Scores, y: Floats) -> _Design:
    proposals, experts = len(scores.proposals), len(scores.experts)
    by_p = np.bincount(scores.p, minlength=proposals).astype(np.float64)
    cells = np.append(np.ones(len(y)), by_p)
    columns = np.append(scores.e, np.full(proposals, experts))
    links = csr_array((cells, (np.append(scores.p, np.arange(proposals)), columns)), shape=(proposals, experts + 1))
    by_e = np.append(np.bincount(scores.e, minlength=experts), 0.0)
    right = np.diag(by_e).astype(np.float64)
    right[-1, :-1] = right[:-1, -1] = by_e[:-1]
    right[-1, -1] = len(y)
    sums = np.bincount(scores.p, weights=y, minlength=proposals).astype(np.float64)
    total = np.append(np.bincount(scores.e, weights=y, minlength=experts), y.sum())
    return _Design(by_p, links, right, sums, total, float(y @ y), len(y))


def _solve(design: _Design, logs: Floats) -> _Solved:
    """Henderson's equations for the log ratios noise / proposals and noise / experts."""
    ratio_p, ratio_e = np.exp(np.clip(logs, LEAST_LOG, MOST_LOG))
    diagonal = design.by_p + ratio_p
    shrunk = csr_array(design.links / diagonal[:, None])
    kernel = design.right - (design.links.T @ shrunk).toarray()
    kernel[np.arange(len(kernel) - 1), np.arange(len(kernel) - 1)] += ratio_e
    factor = np.linalg.cholesky(kernel)
    rest = cho_solve((factor, True), design.total - shrunk.T @ design.sums)
    effect = design.sums / diagonal - shrunk @ rest
    left = design.squares - float(effect @ design.sums) - float(rest @ design.total)
    noise = max(left / (design.size - 1), LEAST_SPREAD)
    size_p, size_e = len(diagonal), len(rest) - 1
    fixed = size_p * np.log(ratio_p) + size_e * np.log(ratio_e)
    logdet = float(np.log(diagonal).sum() + 2 * np.log(np.diagonal(factor)).sum())
    deviance = (design.size - 1) * float(np.log(noise)) + logdet - float(fixed)
    return _Solved(diagonal, shrunk, kernel, rest, effect, noise, deviance)


def _most_likely(design: _Design) -> Floats:
    """The log ratios of greatest restricted likelihood."""
    found = minimize(
        lambda logs: _solve(design, logs).deviance,
        np.zeros(2),
        method="Nelder-Mead",
        bounds=[(LEAST_LOG, MOST_LOG)] * 2,
        options={"xatol": 2e-2, "fatol": 1e-3, "initial_simplex": [[-1, 0], [0.5, 0], [-1, 1.5]]},
    )
    return np.asarray(found.x, dtype=np.float64)


def _posterior(solved: _Solved, logs: Floats, middle: float, spread: float) -> Effects:
    inverse = np.linalg.inv(solved.kernel)
    noise = solved.noise
    half = solved.shrunk @ inverse
    common = np.asarray(solved.shrunk.multiply(half).sum(axis=1)).ravel()
    variance = noise * (1 / solved.diagonal + common - 2 * half[:, -1] + inverse[-1, -1])
    level = middle + spread * (solved.rest[-1] + solved.effect)
    reach = spread * WIDTH * np.sqrt(np.maximum(variance, 0))
    ranks = _expected_ranks(solved, half, 1 / solved.diagonal + common)
    ratio_p, ratio_e = np.exp(logs)
    scale = spread**2 * noise
    return Effects(
        level, level - reach, level + reach, ranks, spread * solved.rest[:-1], (scale / ratio_p, scale / ratio_e, scale)
    )


def _expected_ranks(solved: _Solved, half: Floats, own: Floats) -> Floats:
    """1 plus the sum over all others of the chance that they are better, with their common uncertainty.

    half -- shrunk links times the inverse; own -- each proposal's variance; both in units of the noise.
    """
    effect, ranks = solved.effect, np.empty(len(solved.effect))
    for start in range(0, len(effect), CHUNK):
        rows = slice(start, start + CHUNK)
        apart = own[rows, None] + own[None, :] - 2 * (solved.shrunk @ half[rows].T).T
        better = (effect[None, :] - effect[rows, None]) / np.sqrt(np.maximum(solved.noise * apart, LEAST_SPREAD**2))
        ranks[rows] = ndtr(better).sum(axis=1) + 0.5  # the sum counts oneself as a half
    return ranks
