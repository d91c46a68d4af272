"""Reading published lists: gzipped or plain CSV in UTF-8, whole before anything is written."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GZIP = b"\x1f\x8b"
MARK = re.compile(r"^\s*[\[【](?:申报中|已截止|已结束|即将截止)[\]】]\s*")
CUT = ("...", "…")
DATE = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
MONTH = re.compile(r"^(\d{4})[.\-/年](\d{1,2})月?$")
DECEMBER = 12

Row = dict[str, str]


class BrokenFileError(Exception):
    """The file cannot be read as what it should be; the message says why. Nothing was changed."""


class RefusedRowError(Exception):
    """One row cannot be taken; the message says why."""


@dataclass(frozen=True)
class Source:
    """A file as read: its rows, its columns, and the SHA-256 of its bytes."""

    rows: list[Row]
    columns: tuple[str, ...]
    sha256: str


def read(path: Path) -> Source:
    """The whole file. Raises BrokenFileError for a cut-off archive, another encoding, or ragged rows."""
    try:
        raw = path.read_bytes()
        data = gzip.decompress(raw) if raw.startswith(GZIP) else raw
        text = data.decode("utf-8-sig")
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise BrokenFileError(f"{path.name} is cut off or no gzip archive: {fault}") from fault
    except OSError as fault:
        raise BrokenFileError(f"{path.name} cannot be read: {fault}") from fault
    except UnicodeDecodeError as fault:
        raise BrokenFileError(f"{path.name} is not UTF-8 (byte {fault.start})") from fault
    return Source(*_table(path.name, text), hashlib.sha256(raw).hexdigest())


def _table(name: str, text: str) -> tuple[list[Row], tuple[str, ...]]:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as fault:
        raise BrokenFileError(f"{name} is no CSV: {fault}") from fault
    if not lines:
        raise BrokenFileError(f"{name} is empty")
    columns = tuple(column.strip() for column in lines[0])
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns):
            raise BrokenFileError(f"{name}, line {number}: {len(line)} cells instead of {len(columns)}")
    return [dict(zip(columns, map(str.strip, line), strict=True)) for line in lines[1:]], columns


def demand(source: Source, columns: Sequence[str]) -> None:
    """Raise BrokenFileError unless the file has exactly these columns."""
    if set(source.columns) != set(columns):
        raise BrokenFileError(f"columns {', '.join(source.columns)} found, {', '.join(columns)} expected")


def clean_title(text: str) -> tuple[str, bool]:
    """The title without a mark such as [申报中] and doubled spaces, and whether the source cut it off.

    The dots of a cut-off title stay: nobody must take it for whole.
    """
    title = " ".join(MARK.sub("", text).split())
    return title, title.endswith(CUT)


def parse_date(text: str) -> dt.date | None:
    """A date; None for an empty cell or 0000-00-00. Raises RefusedRowError for anything else."""
    if not text or not text.strip("0-/."):
        return None
    found = DATE.match(text)
    try:
        if found:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise RefusedRowError(f"no date: {text}")


def parse_term(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a term like 2018.01-2020.12; (None, None) when empty."""
    if not text:
        return None, None
    parts = re.split(r"\s*[-–—至]\s*", text)
    months = [MONTH.match(part) for part in parts]
    if len(months) == 1 + 1 and months[0] and months[1]:
        first, last = (_first_day(int(month[1]), int(month[2])) for month in months if month)
        if first <= last:
            return first, _last_day(last)
    raise RefusedRowError(f"no term: {text}")


def _first_day(year: int, month: int) -> dt.date:
    try:
        return dt.date(year, month, 1)
    except ValueError:
        raise RefusedRowError(f"no month: {year}.{month}") from None


def _last_day(first: dt.date) -> dt.date:
    following = dt.date(first.year + first.month // DECEMBER, first.month % DECEMBER + 1, 1)
    return following - dt.timedelta(days=1)
