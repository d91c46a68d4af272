from __future__ import annotations

import numpy as np
import pytest

from experts.ranking.effects import effects
from experts.ranking.plain import raw_mean, ridge, t_score, trimmed
from experts.ranking.scores import Scores
from tests.experts.ranking.simulated import simulated, spearman


@pytest.mark.parametrize("seed", range(3))
def test_planted_offsets_are_recovered_at_17_reviews_each(seed: int) -> None:
    _quality, generous, scores = simulated(seed)
    assert np.corrcoef(effects(scores).offset, generous)[0, 1] > 0.9


@pytest.mark.parametrize("seed", range(6))
def test_without_bias_no_calibration_loses_more_than_five_thousandths(seed: int) -> None:
    quality, _generous, scores = simulated(seed, offset=0.0)
    plain = spearman(raw_mean(scores), quality)
    assert spearman(effects(scores).effect, quality) >= plain - 0.005
    assert spearman(ridge(scores), quality) >= plain - 0.005


@pytest.mark.parametrize(("offset", "gain"), [(5.0, 0.02), (10.0, 0.08)])
def test_with_bias_every_calibration_gains(offset: float, gain: float) -> None:
    quality, _generous, scores = simulated(1, offset=offset)
    plain = spearman(raw_mean(scores), quality)
    for found in (effects(scores).effect, ridge(scores), t_score(scores)):
        assert spearman(found, quality) >= plain + gain


def test_intervals_hold_the_truth_95_times_in_a_hundred() -> None:
    held = []
    for seed in range(6):
        quality, _generous, scores = simulated(seed)
        found = effects(scores)
        held.append(float(((found.low <= quality) & (quality <= found.high)).mean()))
    assert 0.93 <= np.mean(held) <= 0.97


def test_variances_are_recovered() -> None:
    _quality, _generous, scores = simulated(2, proposals=900)
    assert np.sqrt(effects(scores).variances) == pytest.approx([8, 5, 5], rel=0.15)


def test_a_constant_more_from_one_expert_moves_ranks_less_than_it_moves_raw_means() -> None:
    _quality, _generous, scores = simulated(3)
    moved = Scores(scores.proposals, scores.experts, scores.p, scores.e, scores.y + 20 * (scores.e == 0))
    ours = np.abs(effects(scores).expected_rank - effects(moved).expected_rank).max()
    raw = np.abs(np.argsort(np.argsort(raw_mean(scores))) - np.argsort(np.argsort(raw_mean(moved)))).max()
    assert ours < raw / 3


def test_expected_ranks_add_up() -> None:
    _quality, _generous, scores = simulated(4, proposals=1200)
    assert effects(scores).expected_rank.sum() == pytest.approx(1200 * 1201 / 2)


def small(y: list[float]) -> Scores:
    return Scores(["a", "b"], ["x", "y", "z"], np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 2, 0, 1, 2]), np.array(y))


def test_plain_scores_by_hand() -> None:
    scores = small([10, 20, 60, 0, 0, 30])
    assert raw_mean(scores).tolist() == [30, 10]
    assert trimmed(scores).tolist() == [20, 0]
    middle, spread = 20.0, float(np.var(scores.y))
    mean = [(10 + 0 + 100) / 7, (20 + 0 + 100) / 7, (60 + 30 + 100) / 7]
    deviation = [
        np.sqrt((sum((y - m) ** 2 for y in own) + 5 * spread) / 7)
        for own, m in zip(([10, 0], [20, 0], [60, 30]), mean, strict=True)
    ]
    by_hand = [np.mean([50 + 10 * (y - m) / s for y, m, s in zip(own, mean, deviation, strict=True)])
               for own in ([10, 20, 60], [0, 0, 30])]  # fmt: skip
    assert middle == np.mean(scores.y)
    assert t_score(scores).tolist() == pytest.approx(by_hand)


def test_scores_that_are_all_equal_rank_all_alike() -> None:
    scores = small([5.0] * 6)
    found = effects(scores)
    assert [found.effect.tolist(), found.low.tolist(), found.expected_rank.tolist()] == [[5, 5], [5, 5], [1.5, 1.5]]
    assert t_score(scores).tolist() == [50, 50]


def test_one_score_alone_is_ranked() -> None:
    scores = Scores(["a"], ["x"], np.array([0]), np.array([0]), np.array([7.0]))
    assert (effects(scores).effect.tolist(), effects(scores).expected_rank.tolist()) == ([7], [1])


def test_scores_without_noise_are_ranked_by_quality() -> None:
    found = effects(small([10, 20, 30, 12, 22, 32]))
    assert found.effect[1] > found.effect[0]
    assert np.isfinite([found.low, found.high, found.expected_rank]).all()
