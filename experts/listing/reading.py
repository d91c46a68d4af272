"""Reading a spreadsheet of experts: cells as they stand, whole before anything is written."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from experts.listing.columns import BY_KEY, COLUMNS, example_marks, heads

MOST_COLUMNS = 60
LONGEST_CELL = 4000


class BrokenListError(Exception):
    """The file cannot be read as a list of experts; the message says why and what mends it."""


@dataclass(frozen=True)
class Cell:
    """A cell: its value as the spreadsheet keeps it, and whether it is a formula or an error of the spreadsheet."""

    value: str | int | float | dt.datetime | dt.date | bool | None
    kind: str = "s"


@dataclass(frozen=True)
class Line:
    """A filled row by its number in the sheet; cells by the key of their column."""

    number: int
    cells: dict[str, Cell] = field(default_factory=dict)


def read_list(path: Path) -> list[Line]:
    """The filled rows without the example. Raises BrokenListError: no workbook, columns missing, too many rows."""
    with path.open("rb") as raw:
        try:
            book = openpyxl.load_workbook(raw, read_only=True, data_only=False, keep_links=False)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException, SyntaxError) as fault:
            text = _("The file cannot be read as an XLSX workbook. Save it anew as XLSX.")
            raise BrokenListError(text) from fault
        try:
            return list(_lines(book))
        except (KeyError, ValueError, TypeError, IndexError, OverflowError, SyntaxError, AttributeError) as fault:
            raise BrokenListError(_("The file is damaged. Copy its rows into a fresh template.")) from fault


def _lines(book: Any) -> Iterator[Line]:
    if not book.worksheets:
        raise BrokenListError(_("The workbook has no sheet."))
    most = settings.EXPERT_LIST_ROWS
    rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, max_row=most * 2)
    places, marks, taken = _places(next(rows, ())), example_marks(), 0
    for number, cells in enumerate(rows, start=2):
        found = {key: _cell(cells[at]) for key, at in places.items() if at < len(cells)}
        if not any(_is_filled(cell) for cell in found.values()) or str(found["name"].value or "").startswith(marks):
            continue
        taken += 1
        if taken > most:
            text = _("The list has more than %(most)d rows. Part it into several files.")
            raise BrokenListError(text % {"most": most})
        yield Line(number, found)


def _places(row: Sequence[Any]) -> dict[str, int]:
    known = heads()
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        key = known.get(str(cell.value or "").strip())
        if key in found:
            raise BrokenListError(_("The column “%(head)s” stands there twice.") % {"head": BY_KEY[key].head})
        if key:
            found[key] = at
    missing = [str(one.head) for one in COLUMNS if one.key not in found and (one.required or one.key == "id_number")]
    if missing:
        text = _("The first row lacks the columns: %(missing)s. Use the template and keep its first row.")
        raise BrokenListError(text % {"missing": "、".join(missing)})
    return found


def _cell(cell: Any) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind in {"f", "e"}:
        return Cell(str(value)[:100], kind)
    if isinstance(value, str):
        return Cell(value.replace("\r\n", "\n").strip()[:LONGEST_CELL], "s")
    if isinstance(value, (bool, int, float, dt.date)) or value is None:
        return Cell(value, "n")
    return Cell(str(value)[:100], "f")


def _is_filled(cell: Cell) -> bool:
    return cell.value not in (None, "")
