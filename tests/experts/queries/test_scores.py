from __future__ import annotations

from decimal import Decimal

from experts.queries.scores import Score, calibrate, inputs_digest, mean, method_values, ranks, trimmed


def decimals(*numbers: int) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


def test_the_trimmed_mean_leaves_out_the_extremes_from_five_scores_on() -> None:
    assert trimmed(decimals(10, 70, 80, 90, 100), 5) == Decimal("80.00")
    assert trimmed(decimals(10, 70, 80, 90), 5) == mean(decimals(10, 70, 80, 90)) == Decimal("62.50")
    assert trimmed(decimals(10, 90), 1) == Decimal("50.00")


def test_equal_values_share_a_rank_and_the_next_is_skipped() -> None:
    assert ranks({1: Decimal(80), 2: Decimal(90), 3: Decimal(80), 4: Decimal(70)}) == {1: 2, 2: 1, 3: 2, 4: 4}


def test_the_digest_is_over_the_scores_and_not_their_order() -> None:
    one, other = Score(1, 2, Decimal("80.00")), Score(2, 2, Decimal("90.00"))
    assert inputs_digest([one, other]) == inputs_digest([other, one])
    assert inputs_digest([one]) != inputs_digest([Score(1, 2, Decimal("80.01"))])


def test_a_severe_expert_is_set_off() -> None:
    """Experts 1 and 2 agree on every dossier but that 2 gives 20 points less; 4 was scored by 2 alone."""
    scores = [Score(dossier, expert, Decimal(total)) for dossier, expert, total in PLANTED]
    found = calibrate(scores)
    totals = {pk: [one.total for one in scores if one.dossier == pk] for pk in (1, 2, 3, 4)}
    by_mean = ranks(method_values("mean", totals, found, 5))
    by_effect = ranks(method_values("effect", totals, found, 5))
    assert (by_mean[4], by_effect[4], found.groups) == (4, 2, [[1, 2, 3, 4]])


PLANTED = [(1, 1, 90), (1, 2, 70), (2, 1, 80), (2, 2, 60), (3, 1, 75), (3, 2, 55), (4, 2, 63)]


def test_reviews_without_a_common_expert_are_not_calibrated() -> None:
    found = calibrate([Score(1, 1, Decimal(80)), Score(2, 1, Decimal(70)), Score(3, 2, Decimal(60))])
    assert (found.groups, found.figures, method_values("ridge", {1: decimals(80)}, found, 5)) == ([[1, 2], [3]], {}, {})
    assert calibrate([]).groups == []
