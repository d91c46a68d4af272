"""The empty list to fill in: typed columns, lists to choose from, hints, one example row."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.listing.columns import COLUMNS, EXAMPLE, Column

LAST_ROW = 5000
LONGEST_HINT = 250
OLDEST = dt.date(1900, 1, 1)
DATE, TEXT = "yyyy-mm-dd", "@"


def template_workbook() -> bytes:
    """The bytes of an XLSX file. Identity numbers are text from the start, so that no spreadsheet rounds them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, lists = book.add_worksheet(_("Experts")), book.add_worksheet(_("Lists"))
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "text_wrap": True, "valign": "top"})
    example = book.add_format({"italic": True, "font_color": "#6B7280", "num_format": TEXT, "text_wrap": True})
    formats = {
        "text": book.add_format({"num_format": TEXT}),
        "date": book.add_format({"num_format": DATE}),
        "number": book.add_format({"num_format": "0"}),
    }
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width, formats[column.kind])
        sheet.write_string(0, place, str(column.head), head)
        sheet.write_comment(0, place, str(column.hint))
        sheet.write_string(1, place, _example(column, first=not place), example)
        _typed(sheet, lists, place, column)
    sheet.freeze_panes(1, 1)
    lists.hide()
    book.close()
    return buffer.getvalue()


def _example(column: Column, *, first: bool) -> str:
    text = column.example or (column.choices()[0] if column.choices else "")
    return f"{EXAMPLE}{text}" if first else text


def _typed(sheet: Any, lists: Any, place: int, column: Column) -> None:
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices:
        values = column.choices()
        for row, value in enumerate(values):
            lists.write_string(row, place, value)
        name = xlsxwriter.utility.xl_col_to_name(place)
        source = f"='{lists.get_name()}'!${name}$1:${name}${len(values)}"
        # Several values are typed by hand: the list then only warns.
        rule = {"validate": "list", "source": source, "error_type": "information" if column.many else "stop"}
    elif column.kind == "date":
        rule = {"validate": "date", "criteria": "between", "minimum": OLDEST, "maximum": timezone.localdate()}
    elif column.kind == "number":
        rule = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 1000}
    told = {"input_title": str(column.head)[:32], "input_message": str(column.hint)[:LONGEST_HINT]}
    sheet.data_validation(1, place, LAST_ROW, place, {**rule, **told, "ignore_blank": True})
