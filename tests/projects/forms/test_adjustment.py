from __future__ import annotations

from decimal import Decimal

import pytest

from projects.answers import Unreadable
from projects.forms.adjustment import read_grid, signed_yuan
from projects.models import LedgerLine


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("8", 80_000),
        ("+8", 80_000),
        ("-8.5", -85_000),
        ("−8", -80_000),
        ("－8", -80_000),
        ("＋1,000.50万元", 10_005_000),
        (" 0.000001 ", Decimal("0.01")),
    ],
)
def test_a_change_is_read_with_its_sign(typed: str, yuan: Decimal) -> None:
    assert signed_yuan(typed) == yuan


@pytest.mark.parametrize("typed", ["abc", "--8", "+-8", "1e9", "NaN", "0.0000001", "-", "8 8 x", "9" * 40])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        signed_yuan(typed)


def line(pk: int, category: str, approved: int) -> LedgerLine:
    return LedgerLine(pk=pk, category=category, approved=Decimal(approved))


def test_the_grid_sums_by_group_and_keeps_what_was_typed() -> None:
    lines = [line(1, "equipment.purchase", 100), line(2, "operating.materials", 300), line(3, "operating.travel", 50)]
    grid = read_grid(lines, {"change-2": "-0.01", "change-3": "+0.01", "change-9": "5"})
    assert [(block.code, int(block.approved), int(block.change), int(block.after)) for block in grid.blocks] == [
        ("equipment", 100, 0, 100),
        ("operating", 350, 0, 350),
    ]
    assert grid.changes == {2: Decimal(-100), 3: Decimal(100)}
    assert [cell.text for cell in grid.cells] == ["", "-0.01", "+0.01"]


def test_a_fault_names_its_cell_and_changes_nothing_else() -> None:
    grid = read_grid([line(1, "labour.staff", 300)], {"change-1": "viel"})
    assert [(cell.name, cell.fault.code) for cell in grid.faults if cell.fault] == [("change-1", "no_number")]
    assert grid.changes == {}
    assert grid.whole.after == Decimal(300)


def test_an_amount_typed_in_yuan_is_asked_about() -> None:
    grid = read_grid([line(1, "labour.staff", 800_000)], {"change-1": "50000"})
    assert [cell.doubt.code for cell in grid.cells if cell.doubt] == ["perhaps_yuan"]
