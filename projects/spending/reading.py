"""Reading a list of a finance system: XLSX or CSV, the row of heads found by the names of its columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from projects.definitions.spending import spending_rules

MOST_ROWS, MOST_COLUMNS, HEAD_WITHIN, LONGEST_CELL = 5000, 60, 15, 500
ENCODINGS = ("utf-8-sig", "gb18030")
UNIT = re.compile(r"[（(\[【](.*?)[)）\]】]")
Value = str | int | float | dt.datetime | dt.date | bool | None
FORMULA = "="


class BrokenSpendingError(Exception):
    """The file cannot be read as a list of spending; the message says why and what mends it."""


@dataclass(frozen=True)
class Cell:
    """A cell with the head of its column as the file writes it."""

    head: str
    value: Value


@dataclass(frozen=True)
class Line:
    """A filled row by its number in the file; cells by the key of their column."""

    number: int
    cells: dict[str, Cell]


def read_spending(path: Path, extension: str) -> list[Line]:
    """The filled rows without sums. Raises BrokenSpendingError: not readable, columns missing, too many rows."""
    return list(_lines(_xlsx(path) if extension == "xlsx" else _csv(path)))


def _xlsx(path: Path) -> Iterator[Sequence[Value]]:
    with path.open("rb") as raw:
        try:
            book = openpyxl.load_workbook(raw, read_only=True, data_only=False, keep_links=False)
            rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS * 2, values_only=True)
            yield from rows
        except (
            *(OSError, KeyError, ValueError, TypeError, IndexError, OverflowError, SyntaxError, AttributeError),
            *(zipfile.BadZipFile, InvalidFileException),
        ) as fault:
            text = _("The file cannot be read as an XLSX workbook. Save it anew as XLSX or CSV.")
            raise BrokenSpendingError(text) from fault


def _csv(path: Path) -> Iterator[Sequence[Value]]:
    text = _decoded(path.read_bytes())
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4000], delimiters=",\t;")
    except csv.Error:
        dialect = csv.excel
    try:
        yield from csv.reader(io.StringIO(text, newline=""), dialect)
    except csv.Error as fault:
        raise BrokenSpendingError(_("The file cannot be read as CSV. Export it again as XLSX.")) from fault


def _decoded(raw: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BrokenSpendingError(_("The characters of the file cannot be read. Save it as CSV in UTF-8, or as XLSX."))


def _lines(rows: Iterable[Sequence[Value]]) -> Iterator[Line]:
    numbered = iter(enumerate(rows, start=1))
    places = _head(numbered)
    taken = 0
    for number, row in numbered:
        cells = {key: Cell(head, _plain(row[at] if at < len(row) else None)) for key, (at, head) in places.items()}
        if all(cell.value in (None, "") for cell in cells.values()) or _is_sum(row):
            continue
        taken += 1
        if taken > MOST_ROWS:
            text = _("The list of spending has more than %(most)d rows. Part it into several files.")
            raise BrokenSpendingError(text % {"most": MOST_ROWS})
        yield Line(number, cells)


def _head(rows: Iterator[tuple[int, Sequence[Value]]]) -> dict[str, tuple[int, str]]:
    """The place and head of each known column: of the first row that names all that are needed."""
    best: dict[str, tuple[int, str]] = {}
    needed = spending_rules().required
    for number, row in rows:
        found = _places(row)
        if set(needed) <= set(found):
            return found
        best = max(best, found, key=len)
        if number >= HEAD_WITHIN:
            break
    missing = "、".join(spending_rules().heads[key][0] for key in needed if key not in best)
    text = _("No row of the first %(most)d names the columns. Missing: %(missing)s.")
    raise BrokenSpendingError(text % {"most": HEAD_WITHIN, "missing": missing})


def _places(row: Sequence[Value]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for at, value in enumerate(row):
        head = str(value or "").strip()
        key = _known().get(UNIT.sub("", "".join(head.split())).lower())
        if key == "amount" and "万" in head:
            text = _("The amounts of the column “%(head)s” are in 万元. Export them in yuan.")
            raise BrokenSpendingError(text % {"head": head[:40]})
        if key is not None and key in found:
            text = _("Two columns say the same: “%(one)s” and “%(other)s”. Take one out.")
            raise BrokenSpendingError(text % {"one": found[key][1], "other": head[:40]})
        if key is not None:
            found[key] = (at, head)
    return found


def _known() -> dict[str, str]:
    return {name.lower(): key for key, names in spending_rules().heads.items() for name in names}


def _is_sum(row: Sequence[Value]) -> bool:
    """Whether the first filled cell says that the row is a sum."""
    first = next((str(value) for value in row if value not in (None, "")), "")
    return "".join(first.split()).rstrip(":：") in spending_rules().totals


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return value.strip()[:LONGEST_CELL]
    return value if isinstance(value, (bool, int, float, dt.date)) or value is None else str(value)[:LONGEST_CELL]
