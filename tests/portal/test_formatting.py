"""Money, counts and instants as people read them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from portal import formatting

BEIJING = ZoneInfo("Asia/Shanghai")
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=BEIJING)


def at(day: int, hour: int = 17, minute: int = 30, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        (Decimal(2_800_000), "280.00"),
        (Decimal("50.00"), "0.01"),
        (Decimal("49.99"), "0.00"),
        (Decimal(-80_000), "-8.00"),
        (Decimal(12_345_678_900), "1\u202f234\u202f567.89"),
        (0, "0.00"),
        (None, "–"),
    ],
)
def test_money_in_yuan_is_shown_in_ten_thousands_with_two_decimals(yuan: Decimal | None, shown: str) -> None:
    assert formatting.wan(yuan) == shown


def test_the_unit_follows_the_amount_and_nothing_has_no_unit() -> None:
    with translation.override("en"):
        assert [formatting.wan_unit(Decimal(2_800_000)), formatting.wan_unit(None)] == ["280.00 × 10,000 yuan", "–"]


def test_counts_are_set_in_groups_of_three() -> None:
    assert [formatting.thin(n) for n in (7, 2041, 17926, None)] == ["7", "2\u202f041", "17\u202f926", "–"]


def test_a_binding_instant_names_weekday_and_zone() -> None:
    with translation.override("en"):
        assert formatting.moment(at(2, month=12)) == "Wed 2 December 2026, 17:30 Beijing time"


@time_machine.travel(NOON, tick=False)
def test_a_deadline_at_midnight_is_the_end_of_its_day() -> None:
    midnight = at(3, 0, 0, month=12)
    with translation.override("en"):
        assert [formatting.until(one) for one in (midnight, at(2, month=12), None)] == [
            "Wed 2 December 2026, 24:00 Beijing time",
            "Wed 2 December 2026, 17:30 Beijing time",
            "–",
        ]
    with translation.override("zh-hans"):
        assert [formatting.until_short(one) for one in (midnight, at(2, month=12), None)] == [
            "12月2日 24:00",
            "12月2日 17:30",
            "–",
        ]


def test_an_instant_of_another_zone_is_shown_in_beijing_time() -> None:
    with translation.override("en"):
        late = dt.datetime(2026, 12, 2, 20, 0, tzinfo=dt.UTC)
        assert formatting.moment(late) == "Thu 3 December 2026, 04:00 Beijing time"


@time_machine.travel(NOON, tick=False)
def test_the_year_is_left_out_when_it_is_this_one() -> None:
    with translation.override("zh-hans"):
        last_year = dt.datetime(2025, 11, 18, 16, 2, tzinfo=BEIJING)
        assert [formatting.short(at(18, 16, 2)), formatting.short(last_year)] == [
            "11月18日 16:02",
            "2025年11月18日 16:02",
        ]


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("deadline", "shown", "late"),
    [
        (at(23), "today 17:30", False),
        (at(24, 0, 0), "today", False),
        (at(24), "tomorrow", False),
        (at(26), "26 November", False),
        (at(23, 9, 0), "overdue since today", True),
        (at(22), "overdue 1 day", True),
        (at(22, 0, 0), "overdue 2 days", True),
        (dt.date(2026, 11, 23), "today", False),
        (dt.date(2026, 11, 21), "overdue 2 days", True),
        (None, "–", False),
    ],
)
def test_a_deadline_says_how_near_it_is(deadline: dt.date | None, shown: str, late: bool) -> None:  # noqa: FBT001 - a parameter of the table
    with translation.override("en"):
        assert (formatting.due(deadline), formatting.is_late(deadline)) == (shown, late)
