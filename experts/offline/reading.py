"""Reading a filled-in workbook back: every cell that cannot be taken is named by row and column with its mend.

Formulas are never computed; a cell that holds one is refused. Nothing here writes anything.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from experts.offline.columns import FIRST_ROW, FIXED
from workflows.errors import Reason, Refused

MOST_ROWS, MOST_COLUMNS = 1000, 80


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: its text, where it is ("第1轮!D3"), and whether it is a formula."""

    text: str
    where: str
    formula: bool = False


@dataclass(frozen=True)
class FilledRow:
    """One row as it was typed: the seat it names (None: nothing readable), the version it was made from, its cells."""

    where: str
    uid: UUID | None
    version: int | None
    title: str
    cells: dict[str, Cell] = field(default_factory=dict)


def filled_rows(data: bytes) -> list[FilledRow]:
    """Every row of every worksheet. Raises Refused when it is no workbook of score sheets."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Refused(_unreadable()) from error
    found: list[FilledRow] = []
    for page in book.worksheets:
        found += _rows(page)
    book.close()
    if not found:
        raise Refused(_unreadable())
    return found


def _unreadable() -> Reason:
    return Reason(
        "not_a_workbook",
        _("This is no workbook of score sheets."),
        _("Upload the file that you downloaded here, saved as XLSX."),
    )


def _rows(page: Any) -> Iterator[FilledRow]:
    rows = page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    ids = [str(cell.value or "") for cell in next(rows, ())]
    if tuple(ids[: len(FIXED)]) != FIXED:
        return
    for number, cells in enumerate(rows, 2):
        if number < FIRST_ROW or all(cell.value is None for cell in cells):
            continue
        yield _row(page.title, number, dict(zip(ids, cells, strict=False)))


def _row(page: str, number: int, cells: dict[str, Any]) -> FilledRow:
    places = {id_: f"{page}!{get_column_letter(place)}{number}" for place, id_ in enumerate(cells, 1)}
    read = {id_: _cell(cell, places[id_]) for id_, cell in cells.items() if id_}
    fixed = [read.pop(name) for name in FIXED]
    return FilledRow(f"{page}!{number}", _uid(fixed[0].text), _version(fixed[1].text), fixed[2].text, read)


def _cell(cell: Any, where: str) -> Cell:
    value = cell.value
    if isinstance(value, float):
        text = f"{Decimal(repr(value)).normalize():f}"
    else:
        text = "" if value is None else str(value).replace("_x000D_", "").strip()
    return Cell(text, where, formula=getattr(cell, "data_type", "") == "f")


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _version(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
