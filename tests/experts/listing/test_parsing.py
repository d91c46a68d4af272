from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from pytest_django import Settings

from experts.listing.columns import BY_KEY
from experts.listing.parsing import Parsed, parse
from experts.listing.reading import BrokenListError, read_list
from experts.listing.template import template_workbook
from tests.experts.listing.books import ROW, book
from tests.factories.directory import id_number


def parsed(tmp_path: Path, **cells: Any) -> Parsed:
    path = tmp_path / "list.xlsx"
    path.write_bytes(book({**ROW, **cells}))
    return parse(read_list(path)[0])


def columns(found: Parsed) -> list[str]:
    return [fault.column for fault in found.faults]


def test_a_row_is_understood_with_its_number(tmp_path: Path) -> None:
    found = parsed(tmp_path)
    assert (found.number, found.faults) == (2, [])
    assert found.facts["kinds"] == ["technical"]
    assert found.facts["discipline_codes"] == ["480", "530"]
    assert found.facts["keywords"] == ["储能", "钠离子电池"]
    assert found.facts["expertise"] == [("钠离子电池硬碳负极研究", 2024), ("草原固碳监测", None)]
    assert found.facts["birth_date"] == dt.date(1980, 5, 17)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id_number", 150102198005170100),
        ("id_number", 1.50102198005e17),
        ("id_number", "1.50102E+17"),
        ("id_number", "15010219800517011"),
        ("id_number", "150102198005170120"),
        ("orcid", 218250097),
        ("orcid", "0000-0002-1825-0098"),
        ("birth_date", 29358),
        ("birth_date", "1980-13-45"),
        ("birth_date", dt.datetime(1981, 1, 1)),  # noqa: DTZ001 - as a spreadsheet keeps it
        ("keywords", dt.datetime(2026, 3, 5)),  # noqa: DTZ001 - as a spreadsheet keeps it
        ("keywords", ""),
        ("name", "=cmd|' /C calc'!A0"),
        ("name", "@SUM(A1)"),
        ("organisation", "#REF!"),
        ("organisation", "大" * 121),
        ("kinds", "wizard"),
        ("discipline_codes", "999"),
        ("email", "nobody"),
        ("mobile", 1234),
        ("max_in_year", 0),
        ("max_in_year", "许多"),
    ],
)
def test_a_faulty_or_damaged_cell_names_its_column(tmp_path: Path, key: str, value: Any) -> None:
    found = parsed(tmp_path, **{key: value})
    assert columns(found) == [str(BY_KEY[key].head)]
    assert (bool(found.faults[0].text), bool(found.faults[0].mend)) == (True, True)


def test_a_number_that_a_spreadsheet_counts_as_a_day_is_told_as_the_day(tmp_path: Path) -> None:
    assert "1980-05-17" in parsed(tmp_path, id_number=None, birth_date=29358).faults[0].mend


def test_numbers_that_lost_nothing_are_taken(tmp_path: Path) -> None:
    found = parsed(tmp_path, mobile=13847100000, discipline_codes=480, max_in_year=8.0, orcid="0000000218250097")
    facts = (found.facts["mobile"], found.facts["discipline_codes"], found.facts["max_in_year"], found.facts["orcid"])
    assert (found.faults, facts) == ([], ("13847100000", ["480"], 8, "0000-0002-1825-0097"))


def test_the_template_is_typed_and_its_example_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(template_workbook())
    assert read_list(path) == []
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.column_dimensions["B"].width == pytest.approx(22.7, abs=1)
    assert len(sheet.data_validations.dataValidation) == 14


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"name,id\n", book(ROW)[:500], book(heads=["Real name", "Real name"]), book(heads=["x"])],
)
def test_a_broken_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(BrokenListError):
        read_list(path)


def test_too_many_rows_and_cells_far_out_are_cheap_to_refuse(tmp_path: Path, settings: Settings) -> None:
    settings.EXPERT_LIST_ROWS = 2
    path = tmp_path / "list.xlsx"
    path.write_bytes(book(*[{**ROW, "id_number": id_number(number)} for number in (1, 3, 5)]))
    with pytest.raises(BrokenListError):
        read_list(path)
    far = openpyxl.load_workbook(path)
    far.worksheets[0].delete_rows(3, 9)
    far.worksheets[0]["XFD1048576"] = "=1+1"
    far.save(path)
    assert [line.number for line in read_list(path)] == [2]
