"""Geometry of this room's charts: numbers in, places in the drawing (as text) out; no styles, for the strict policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT, TOP, ROW = 720, 44, 16, 22, 16
TICKS = 5


@dataclass(frozen=True)
class Span:
    """One interval to draw: its point, its ends, what it is called, whether it stands out."""

    label: str
    low: float
    point: float
    high: float
    marked: bool = False
    title: str = ""


@dataclass(frozen=True)
class Row:
    """One drawn interval."""

    y: int
    low: str
    point: str
    high: str
    label: str
    title: str
    marked: bool


@dataclass(frozen=True)
class Intervals:
    """The drawing: rows from above, ticks as (place, number), the place of the line."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[str, str], ...]
    cut: str | None
    width: int
    height: int
    left: int = LEFT
    top: int = TOP


def intervals(spans: Sequence[Span], cut: float | None = None) -> Intervals:
    """The drawing of `spans`, one row each, over the range that they and `cut` take."""
    ends = [end for one in spans for end in (one.low, one.high)] + ([cut] if cut is not None else [])
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    wide = (high - low) or 1.0

    def place(value: float) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / wide:.1f}"

    def row(at: int, one: Span) -> Row:
        y = TOP + ROW // 2 + at * ROW
        return Row(y, place(one.low), place(one.point), place(one.high), one.label, one.title, one.marked)

    rows = [row(at, one) for at, one in enumerate(spans)]
    values = [low + wide * at / (TICKS - 1) for at in range(TICKS)]
    ticks = [(place(value), f"{value:.1f}") for value in values]
    return Intervals(
        tuple(rows), tuple(ticks), None if cut is None else place(cut), WIDTH, TOP + ROW * len(rows) + ROW // 2
    )
