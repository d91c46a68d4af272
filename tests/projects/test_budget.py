from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from projects.budget import LABELS, Frame, Line, Money, ceilings, in_wan, most_indirect, sums, violations
from projects.definitions.budget import budget_rules
from projects.equipment import misfits


@pytest.mark.parametrize(
    ("base", "most"),
    [("0", "0"), ("5000000", "1500000"), ("10000000", "2750000"), ("12000000", "3150000"), ("2800001", "840000.30")],
)
def test_each_tier_gives_its_percentage_of_its_own_slice(base: str, most: str) -> None:
    rule = budget_rules().ceiling_on(dt.date(2027, 1, 1))
    assert most_indirect(Decimal(base), rule) == Decimal(most)


def test_the_rule_of_the_day_counts() -> None:
    assert most_indirect(Decimal(5000000), budget_rules().ceiling_on(dt.date(2020, 1, 1))) == Decimal(1000000)


def test_bought_equipment_is_outside_the_base_and_sources_are_apart() -> None:
    lines = [
        Line("equipment.purchase", Money(Decimal(1000000), Decimal(0))),
        Line("operating.materials", Money(Decimal(100000), Decimal(200000))),
        Line("indirect.management", Money(Decimal(30000), Decimal(0))),
    ]
    found = sums(lines, budget_rules().scheme_on(dt.date(2027, 1, 1)))
    assert found["direct"] == Money(Decimal(1100000), Decimal(200000))
    assert found["total"].total == Decimal(1330000)
    assert ceilings(found, Frame(on=dt.date(2027, 1, 1))) == Money(Decimal(30000), Decimal(60000))


@pytest.mark.parametrize(("yuan", "shown"), [("260000.00", "26.00"), ("300001", "30.0001"), ("0", "0.00")])
def test_yuan_are_shown_in_ten_thousands_without_loss(yuan: str, shown: str) -> None:
    assert in_wan(Decimal(yuan)) == shown


@pytest.mark.parametrize(
    ("listed_yuan", "line", "expected"),
    [
        ("0", "499999.99", []),
        ("0", "500000", ["equipment_not_listed"]),
        ("700000", "1200000", ["equipment_not_listed"]),
        ("700001", "1200000", []),
        ("1200000.01", "1200000", ["equipment_above_line"]),
    ],
)
def test_the_list_of_equipment_fits_its_line(listed_yuan: str, line: str, expected: list[str]) -> None:
    rule = budget_rules().equipment_list_on(dt.date(2027, 1, 1))
    assert [one.code for one in misfits(Decimal(listed_yuan), Decimal(line), rule)] == expected


OLD, NEW = dt.date(2021, 8, 12), dt.date(2021, 8, 13)


def test_before_the_reform_there_are_eleven_direct_lines() -> None:
    old, new = (budget_rules().scheme_on(day) for day in (OLD, NEW))
    lines = ["equipment", *(row.code for row in old.categories if row.group == "itemised")]
    assert [len(lines), len(old.groups["equipment"]), len(old.groups["indirect"])] == [11, 3, 2]
    assert list(new.groups) == ["equipment", "operating", "labour", "indirect"]
    assert set(budget_rules().codes) | set(old.groups) | set(new.groups) | {"lump_sum"} == set(LABELS)


@pytest.mark.parametrize(
    ("codes", "day"), [(["operating.materials"], NEW), (["operating.travel"], NEW), (["operating.exchange"], OLD)]
)
def test_a_scheme_is_told_by_its_categories(codes: list[str], day: dt.date) -> None:
    assert budget_rules().scheme_with(codes) == budget_rules().scheme_on(day)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("operating.exchange", "operating.exchange", "operating.travel"),
        ("operating.travel", "", "operating.travel"),
        ("labour.staff", "labour.staff", "labour.staff"),
        ("", "", ""),
    ],
)
def test_a_category_of_one_scheme_is_found_in_the_other(code: str, old: str, new: str) -> None:
    rules = budget_rules()
    assert [rules.in_scheme(code, rules.scheme_on(day)) for day in (OLD, NEW)] == [old, new]


def test_a_budget_has_the_categories_and_the_ceiling_of_its_day() -> None:
    lines = [
        Line("operating.conferences", Money(Decimal(100_000))),
        Line("indirect.management", Money(Decimal(25_000))),
    ]
    old, new = ([one.code for one in violations(lines, Frame(on=day))] for day in (OLD, NEW))
    assert (old, new) == (["indirect_fiscal"], ["category_unknown", "indirect_fiscal"])
    assert ceilings(sums(lines, Frame(on=OLD).scheme), Frame(on=OLD)).fiscal == Decimal(20_000)
