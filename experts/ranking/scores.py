"""The scores of one round as arrays, read from CSV; proposals that cannot be compared are refused by name."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
COLUMNS = ("proposal", "expert", "score")
MOST_SCORE = 1e9
MOST_NAMED = 50


class ScoresError(ValueError):
    """The scores are malformed or cannot be ranked together; the message says where and why."""


@dataclass(frozen=True, eq=False)
class Scores:
    """One row per review: proposal and expert by number, score. Names in order of first appearance."""

    proposals: list[str]
    experts: list[str]
    p: Ints
    e: Ints
    y: Floats


def read(path: Path) -> Scores:
    """The scores in a CSV file with the columns proposal, expert, score. Raises ScoresError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ScoresError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ScoresError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    try:
        return parse(text)
    except csv.Error as error:
        raise ScoresError(f"{path}: is not CSV: {error}") from error


def parse(text: str) -> Scores:
    """The scores in the text of a CSV file; columns in any order, further ones are ignored. Raises ScoresError."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    places = _places(next(rows, []))
    proposals: dict[str, int] = {}
    experts: dict[str, int] = {}
    seen: dict[tuple[int, int], int] = {}
    found: list[tuple[int, int, float]] = []
    for row in rows:
        if not row:
            continue
        proposal, expert, score = _cells(row, places, rows.line_num)
        pair = proposals.setdefault(proposal, len(proposals)), experts.setdefault(expert, len(experts))
        if pair in seen:
            raise ScoresError(f"line {rows.line_num}: {expert} scored {proposal} in line {seen[pair]} already")
        seen[pair] = rows.line_num
        found.append((*pair, score))
    if not found:
        raise ScoresError("there are no scores")
    p, e, y = zip(*found, strict=True)
    return Scores(list(proposals), list(experts), np.array(p), np.array(e), np.array(y, dtype=np.float64))


def _places(head: list[str]) -> list[int]:
    names = [name.strip() for name in head]
    for name in COLUMNS:
        if names.count(name) != 1:
            raise ScoresError(f"line 1: must have the column {name} once; it has {', '.join(names) or 'nothing'}")
    return [names.index(name) for name in COLUMNS]


def _cells(row: list[str], places: list[int], line: int) -> tuple[str, str, float]:
    if len(row) <= max(places):
        raise ScoresError(f"line {line}: has {len(row)} cells, too few")
    proposal, expert, raw = (row[at].strip() for at in places)
    for name, value in (("proposal", proposal), ("expert", expert)):
        if not value:
            raise ScoresError(f"line {line}: {name} is empty")
    return proposal, expert, _number(raw, line)


def _number(raw: str, line: int) -> float:
    try:
        score = float(raw)
    except ValueError:
        score = math.nan
    if not abs(score) <= MOST_SCORE or "_" in raw:
        raise ScoresError(f"line {line}: score {raw!r} is not a number")
    return score


def components(scores: Scores) -> list[list[str]]:
    """The proposals by what links them through common experts, largest group first: ranked together only if one."""
    parent = list(range(len(scores.proposals)))
    first: dict[int, int] = {}
    for p, e in zip(scores.p.tolist(), scores.e.tolist(), strict=True):
        one, other = _root(parent, p), _root(parent, first.setdefault(e, p))
        parent[max(one, other)] = min(one, other)
    groups: dict[int, list[str]] = {}
    for p, name in enumerate(scores.proposals):
        groups.setdefault(_root(parent, p), []).append(name)
    return sorted(groups.values(), key=lambda names: (-len(names), names))


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def refuse_disconnected(scores: Scores) -> None:
    """Raise ScoresError with the components named unless all proposals are linked through common experts."""
    groups = components(scores)
    if len(groups) == 1:
        return
    told = [f"component {at}: {len(names)} proposals: {_few(names)}" for at, names in enumerate(groups, 1)]
    raise ScoresError(
        f"the reviews fall into {len(groups)} groups without a common expert; their scores cannot be compared. "
        "Rank each by itself, or have one more expert score proposals of both.\n" + "\n".join(told)
    )


def _few(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
