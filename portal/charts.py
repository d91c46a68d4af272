"""Geometry of the small charts: numbers in, rectangles out; no styles, so that the strict policy holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 64
STEP = 22
BAR = 16
FULL = 100


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its place in the drawing, and what it says."""

    x: int
    y: int
    height: int
    value: float
    label: str
    last: bool


@dataclass(frozen=True)
class Chart:
    """The bars and the size of the drawing."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    baseline: int = HEIGHT
    bar_width: int = BAR


def bars(values: Sequence[float], labels: Sequence[str]) -> Chart:
    """The chart of `values`, the largest filling the height. Raises ValueError when labels are missing."""
    top = max((float(value) for value in values), default=0.0)
    drawn = []
    for place, (value, label) in enumerate(zip(values, labels, strict=True)):
        height = round(HEIGHT * float(value) / top) if top else 0
        drawn.append(Bar(place * STEP, HEIGHT - height, height, value, str(label), place == len(values) - 1))
    return Chart(tuple(drawn), max(len(drawn) * STEP - (STEP - BAR), BAR), HEIGHT + 2)


def share(value: float, most: float) -> int:
    """`value` as a part of `most` in whole percent, kept within 0 and 100; 0 when `most` is nothing."""
    return min(FULL, max(0, round(FULL * float(value) / float(most)))) if most else 0
