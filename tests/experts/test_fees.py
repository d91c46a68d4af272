from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from directory.enums import Title
from experts.enums import FeeGrade
from experts.fees import amount, day_rate, grade_of
from experts.models import FeeStandard

STANDARD = FeeStandard(
    document="财科教〔2017〕128号",
    valid_from=dt.date(2026, 1, 1),
    senior_day=Decimal(2000),
    other_day=Decimal(1200),
    task_share=25,
)


def test_titles_give_the_grade() -> None:
    titles = (Title.SENIOR, Title.ASSOCIATE, Title.INTERMEDIATE, Title.NONE)
    assert [grade_of(STANDARD, title) for title in titles] == ["senior", "senior", "other", "other"]
    strict = FeeStandard(senior_day=Decimal(2000), other_day=Decimal(1200), associate_is_senior=False)
    assert [grade_of(strict, title) for title in titles] == ["senior", "other", "other", "other"]


def test_a_standard_begins_with_the_shares_of_the_document() -> None:
    found = FeeStandard()
    shares = (found.national_share, found.half_day_share, found.full_days, found.later_share, found.task_share)
    assert shares == (150, 60, 2, 50, 20)


def test_academicians_get_half_as_much_again() -> None:
    rates = [day_rate(STANDARD, grade) for grade in (FeeGrade.NATIONAL, FeeGrade.SENIOR, FeeGrade.OTHER)]
    assert rates == [Decimal("3000.00"), Decimal("2000.00"), Decimal("1200.00")]


@pytest.mark.parametrize(
    ("work", "yuan"),
    [
        ({"tasks": 4}, "2000.00"),
        ({"tasks": 0, "days": 2}, "4000.00"),
        ({"tasks": 0, "days": 4}, "6000.00"),
        ({"tasks": 0, "half_days": 1}, "1200.00"),
        ({"tasks": 1, "days": 3, "half_days": 1}, "6700.00"),
    ],
)
def test_tasks_days_and_half_days_are_paid_by_their_shares(work: dict[str, Any], yuan: str) -> None:
    assert amount(STANDARD, FeeGrade.SENIOR, **work) == Decimal(yuan)
