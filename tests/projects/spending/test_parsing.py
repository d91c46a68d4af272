"""Cells as finance systems write them: what is read, and what is refused with column and mend."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from projects.definitions.spending import SpendingRules, spending_rules
from projects.spending.parsing import parse
from projects.spending.reading import BrokenSpendingError, Cell, Line, read_spending
from tests.projects.spending.lists import HEADS, text, xlsx

DAY = dt.date(2027, 3, 5)
GOOD = {"voucher": "记-12", "spent_on": "2027-03-05", "amount": "12.50", "category": "材料费"}


def row(**cells: Any) -> Any:
    return parse(Line(2, {key: Cell(key, value) for key, value in {**GOOD, **cells}.items()}))


def write(tmp_path: Path, upload: Any) -> Path:
    place = tmp_path / str(upload.name)
    place.write_bytes(upload.read())
    return place


@pytest.mark.parametrize(
    "value",
    [
        *("2027-03-05", "2027/3/5", "2027.03.05", "2027年3月5日", "20270305", "2027-03-05 10:21:00"),
        *(DAY, dt.datetime(2027, 3, 5, 9), 46451, 46451.0, "46451"),  # noqa: DTZ001 - as spreadsheets give it
    ],
)
def test_days_are_read_as_dates_numbers_of_the_spreadsheet_and_text(value: Any) -> None:
    assert row(spent_on=value).facts["spent_on"] == DAY


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        *(("1,234.50", "1234.50"), ("￥1234.5", "1234.50"), ("1234.50元", "1234.50"), ("１２３", "123.00")),
        *((1234.5, "1234.50"), (0.1 + 0.2, "0.30"), (100, "100.00"), ("-80", "-80.00"), ("(80.00)", "-80.00")),
    ],
)
def test_amounts_are_read_in_yuan(value: Any, amount: str) -> None:
    assert row(amount=value).facts["amount"] == Decimal(amount)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *(("材料费", "operating.materials"), ("operating.materials", "operating.materials")),
        *(("业务费-差旅费", "operating.trips"), ("会议费", "operating.conferences"), ("设备费", "equipment.purchase")),
        *(
            ("专家咨询费", "labour.consulting"),
            ("30201 劳务费", "labour.staff"),
            ("间接费用/绩效支出", "indirect.performance"),
        ),
    ],
)
def test_categories_are_known_by_code_and_by_the_names_of_the_rows(value: str, code: str) -> None:
    assert row(category=value).facts["category"] == code


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        *(({"amount": "3万"}, "amount"), ({"amount": "1.005"}, "amount"), ({"amount": 0}, "amount")),
        *(({"amount": "=A1+B1"}, "amount"), ({"amount": "NaN"}, "amount"), ({"amount": True}, "amount")),
        *(({"spent_on": "2027-02-30"}, "spent_on"), ({"spent_on": "三月"}, "spent_on"), ({"spent_on": 12}, "spent_on")),
        *(({"category": "招待费"}, "category"), ({"voucher": ""}, "voucher"), ({"source": "彩票"}, "source")),
        ({"voucher": "x" * 41}, "voucher"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_column_and_mend(cells: dict[str, Any], column: str) -> None:
    found = row(**cells).faults
    assert [one.column for one in found] == [column]
    assert all(one.text and one.mend for one in found)


def test_the_row_of_heads_is_found_below_titles_and_sums_are_left_out(tmp_path: Path) -> None:
    rows = (("记-1", DAY, 5, "材料费", "试剂"), ("合计", None, 5, None, None), (None, None, None, None, None))
    made = xlsx(*rows, above=[("某某公司支出明细账",), ("2027年3月",)])
    found = read_spending(write(tmp_path, made), "xlsx")
    assert [(one.number, one.cells["amount"]) for one in found] == [(4, Cell("金额（元）", 5))]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_is_read_in_the_encodings_of_chinese_systems(tmp_path: Path, encoding: str) -> None:
    made = text(("记-1", "2027/3/5", "1,000.00", "材料费", "试剂"), encoding=encoding)
    found = read_spending(write(tmp_path, made), "csv")
    assert parse(found[0]).facts["purpose"] == "试剂"


@pytest.mark.parametrize(
    "made",
    [
        xlsx(heads=("凭证号", "日期", "摘要")),
        xlsx(heads=("凭证号", "日期", "金额（万元）", "科目")),
        xlsx(heads=(*HEADS, "金额")),
        text(*[("记-1", "2027/3/5", "1", "材料费", "")] * 5001),
    ],
    ids=["columns missing", "wan", "twice", "too long"],
)
def test_what_is_no_such_list_is_refused_whole(tmp_path: Path, made: Any) -> None:
    with pytest.raises(BrokenSpendingError):
        read_spending(write(tmp_path, made), made.name[-4:].lstrip("."))


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"no zip"), ("a.csv", b"\xff\xfe\x00\x01")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BrokenSpendingError):
            read_spending(tmp_path / name, name[2:])


def test_a_name_that_stands_for_two_things_is_no_rule() -> None:
    rows = spending_rules().model_dump()
    rows["sources"]["own"] = ("财政资金",)
    with pytest.raises(ValueError, match="two things"):
        SpendingRules.model_validate(rows)
