from __future__ import annotations

from decimal import Decimal

import pytest

from projects.budget import Line, Money
from projects.definitions.budget import budget_rules
from projects.shares import code_of, share_faults, split, year_faults

WAN = Decimal(10000)
TWICE = ["share_twice", "shares_differ"]
OLD, NEW = budget_rules().schemes
GRID = [Line("operating.materials", Money(20 * WAN, 30 * WAN)), Line("indirect.management", Money(6 * WAN))]


@pytest.mark.parametrize(
    ("amounts", "total", "expected"),
    [
        (["1", "1", "1"], "1.00", ["0.34", "0.33", "0.33"]),
        (["0", "0"], "5", ["5", "0"]),
        ([], "5", []),
    ],
)
def test_a_split_adds_up_to_the_fen(amounts: list[str], total: str, expected: list[str]) -> None:
    assert split([Decimal(one) for one in amounts], Decimal(total)) == [Decimal(one) for one in expected]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(2027, "16", "30"), (2028, "10", "0")], []),
        ([(2027, "16", "30"), (2028, "9", "0")], ["全部年度财政资金：此处合计25.00万元，经费预算为26.00万元。"]),
        (
            [(2027, "26", "30"), (2027, "0", "0"), (2031, "0", "0")],
            ["2027年度重复。", "2031年度不在执行期内（2027至2029）。"],
        ),
    ],
)
def test_years_add_up_to_the_grid_within_the_term(rows: list[tuple[int, str, str]], expected: list[str]) -> None:
    kept = [{"year": year, "fiscal": Decimal(f) * WAN, "own": Decimal(o) * WAN} for year, f, o in rows]
    found = year_faults(kept, GRID[0].money + GRID[1].money, range(2027, 2030))
    assert [str(one.text) for one in found] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("甲", "材料费", "12"), ("乙", "Materials", "8"), ("甲", "indirect.management", "6")], []),
        ([("甲", "材料费", "20"), ("甲", "材料", "6")], ["category_unknown"]),
        (
            [("甲", "材料费", "10"), ("甲", "材料费", "10"), ("甲", "管理费及其他", "5")],
            ["share_twice", "shares_differ"],
        ),
    ],
)
def test_parts_add_up_to_the_grid_category_by_category(rows: list[tuple[str, str, str]], expected: list[str]) -> None:
    kept = [
        {"topic": None, "organisation": o, "category": c, "fiscal": Decimal(f) * WAN, "own": None} for o, c, f in rows
    ]
    kept[0]["own"] = 30 * WAN
    assert [one.code for one in share_faults(kept, GRID, NEW)] == expected


def test_a_category_is_known_by_its_code_and_by_its_name_in_each_language() -> None:
    assert [code_of(text, NEW) for text in ("labour.staff", "材 料 费", "Expert Consulting", "杂费")] == [
        "labour.staff",
        "operating.materials",
        "labour.consulting",
        "",
    ]


def test_a_name_of_another_scheme_stands_for_what_holds_it() -> None:
    assert [code_of("差旅费", scheme) for scheme in (OLD, NEW)] == ["operating.trips", "operating.travel"]
    assert [code_of("会议、差旅、国际合作与交流费", scheme) for scheme in (OLD, NEW)] == ["", "operating.travel"]
