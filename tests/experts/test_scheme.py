from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from experts.scheme import points, problems, read
from tests.factories.experts import SCHEME


def test_the_total_weighs_points_by_their_most_and_rounds_half_up() -> None:
    assert read(SCHEME).total({"novelty": "80", "way": "45"}) == Decimal("86.00")
    assert read(SCHEME).total({"novelty": "80"}) is None


@pytest.mark.parametrize("text", ["-1", "50.01", "1.234", "NaN", "Infinity", "", "abc", "1e3", None])
def test_what_is_no_number_from_zero_to_the_most_is_no_score(text: str | None) -> None:
    assert points(text, Decimal(50)) is None


def test_a_scheme_that_cannot_be_used_says_why() -> None:
    twice = {"criteria": [{"id": "a", "name": "甲", "weight": "50"}, {"id": "a", "name": "乙", "weight": "50"}]}
    short = {"criteria": [{"id": "a", "name": "甲", "weight": "99"}]}
    given: list[dict[str, Any]] = [SCHEME, twice, short, {"criteria": [{}]}, {**SCHEME, "advice": {"A": "甲"}}]
    assert [[one.code for one in problems(data)] for data in given] == [
        [],
        ["scheme_ids"],
        ["scheme_weights"],
        ["scheme_malformed"],
        ["scheme_advice"],
    ]
