from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict

from projects.slips import answered, doubt_in_yuan, doubt_of, perhaps_multiplied, perhaps_yuan, retyped, settled


@pytest.mark.parametrize(
    ("wan", "most", "asked"),
    [
        ("300000", 500_000, True),  # 30 万元 typed in yuan, where at most 50 万元 are given
        ("50.01", 500_000, False),  # above the limit, yet no slip
        ("5000", 500_000, False),
        ("5001", 500_000, True),
        ("500000", 500_000, True),
        ("500001", 500_000, False),  # read as yuan it is too much as well
        ("-300000", 500_000, True),  # a change with its sign
        ("10000", None, False),  # without a limit, the row: 100 million yuan
        ("10001", None, True),
        ("500000", None, True),
        ("300000", 0, True),
    ],
)
def test_yuan_where_ten_thousands_were_asked(wan: str, most: int | None, *, asked: bool) -> None:
    assert perhaps_yuan(Decimal(wan) * 10_000, None if most is None else Decimal(most)) == asked


@pytest.mark.parametrize(
    ("yuan", "whole", "asked"),
    [
        ("500000", 500_000, False),
        ("500000.01", 500_000, True),
        ("85000000", 500_000, True),
        ("-85000000", 500_000, True),
        ("12.5", 500_000, False),
        ("5000000001", 500_000, False),
        ("85000000", 0, False),
    ],
)
def test_ten_thousands_made_of_what_was_yuan_already(yuan: str, whole: int, *, asked: bool) -> None:
    assert perhaps_multiplied(Decimal(yuan), Decimal(whole)) == asked


def test_the_question_names_the_mend_and_an_answer_holds_for_its_place_and_amount() -> None:
    asked = doubt_of(Decimal(-1_250_000_000), Decimal(500_000), name="change-7")
    spent = doubt_in_yuan(Decimal(85_000_000), Decimal(500_000), name="amount")
    assert asked is not None
    assert spent is not None
    assert (asked.typed, asked.meant, asked.mend_value) == ("-12.50", "-125,000", "change-7=-12.50")
    assert (spent.typed, spent.meant, spent.token) == ("8500", "8,500", "amount=85000000.00")
    sent = QueryDict("right=change-7%3D-1250000000.00&as-typed=amount%3D85000001.00")
    shown = [answered(one, settled(sent)) for one in (asked, spent, None)]
    assert [one and one.settled for one in shown] == [True, False, None]


def test_the_mend_is_typed_and_nothing_else_changes() -> None:
    sent = QueryDict("amount=500000&note=a%3Db&mend=amount%3D50.00")
    assert retyped(sent).dict() == {"amount": "50.00", "note": "a=b", "mend": "amount=50.00"}
    assert retyped(QueryDict("amount=5&mend=nonsense")).dict() == {"amount": "5", "mend": "nonsense"}
