from __future__ import annotations

from decimal import Decimal

import pytest

from experts import credit


def test_the_parts_go_from_nothing_to_a_hundred() -> None:
    assert (credit.punctuality(3, 4), credit.punctuality(0, 0)) == (Decimal("75.00"), None)
    assert (credit.opinion([50, 150], 200), credit.opinion([500], 200)) == (Decimal("50.00"), Decimal("100.00"))
    assert [credit.rating(given) for given in (1, 3, 5, None)] == [
        Decimal("0.00"),
        Decimal("50.00"),
        Decimal("100.00"),
        None,
    ]


@pytest.mark.parametrize(("away", "part"), [(4, "100.00"), (8, "100.00"), (16, "50.00"), (24, "0.00"), (40, "0.00")])
def test_agreement_falls_from_the_usual_deviation_to_three_times_it(away: int, part: str) -> None:
    assert credit.agreement([Decimal(away), Decimal(-away)], Decimal(8)) == Decimal(part)


def test_what_is_not_known_is_left_out_of_the_weights() -> None:
    weights = {"punctuality": 30, "agreement": 30, "rating": 20, "opinion": 20}
    parts = {"punctuality": Decimal(100), "opinion": Decimal(50)}
    assert credit.score(parts, weights) == Decimal("80.00")
    assert credit.score({}, weights) is None
    assert (credit.agreement([], Decimal(8)), credit.agreement([Decimal(1)], None)) == (None, None)
