"""The ranking of a round as files."""

from __future__ import annotations

import csv
import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from experts.enums import RankingMethod
from experts.queries.comparison import Comparison, Line

# A cell that a spreadsheet would read as a formula is written with this before it.
FORMULA, GUARD = ("=", "+", "-", "@", "\t", "\r"), "'"


def ranking_workbook(found: Comparison) -> bytes:
    """The bytes of an XLSX file: one row per dossier. Text is written as text and never read as a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(_("Scores")), book.add_format({"bold": True})
    for row, cells in enumerate(ranking_rows(found)):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, bold if not row else None)
            elif cell is not None:
                sheet.write_number(row, column, float(cell))
    sheet.set_column(1, 1, 48)
    sheet.freeze_panes(1, 2)
    book.close()
    return buffer.getvalue()


def ranking_csv(found: Comparison) -> bytes:
    """The same rows as CSV, UTF-8 with the mark that spreadsheets look for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for cells in ranking_rows(found):
        writer.writerow(["" if cell is None else _guarded(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def ranking_rows(found: Comparison) -> list[list[Any]]:
    """The head and one row per dossier: binding rank, title, sheets, spread, each method's value and rank, interval."""
    return [_head(found), *(_row(line) for line in found.lines)]


def _head(found: Comparison) -> list[Any]:
    heads: list[Any] = [_("Rank (binding: %(method)s)") % {"method": RankingMethod(found.method).label}]
    heads += [_("Dossier"), _("Sheets"), _("Spread")]
    for method in RankingMethod:
        heads += [str(method.label), _("Rank: %(method)s") % {"method": method.label}]
    return [*heads, _("Interval from"), _("Interval to"), _("Expected rank")]


def _row(line: Line) -> list[Any]:
    cells: list[Any] = [line.rank, line.title, len(line.scores), line.spread]
    for cell in line.cells:
        cells += [cell.value, cell.rank]
    return [*cells, line.low, line.high, line.expected]


def _guarded(cell: Any) -> str:
    text = str(cell)
    return GUARD + text if isinstance(cell, str) and text.startswith(FORMULA) else text
