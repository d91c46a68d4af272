"""Which pairs of dossier and expert a draw is made from: the best of each side, whether or not they are in conflict.

The pairs in conflict are listed too, so that what was kept out of a panel can be seen and counted afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
# Fifty lose some thousandths of a per cent against all pairs (docs/developer/measurements.md). The best dossiers of
# each expert are kept too: the best experts of each dossier alone leave seats empty that could be filled.
EACH_DOSSIER, EACH_EXPERT = 50, 10


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs by position, sorted by dossier and expert, with their likeness and whether they are in conflict."""

    dossier: Ints
    expert: Ints
    likeness: Floats
    conflict: Mask


def candidates(blocks: Iterable[Floats], against: Mask) -> Candidates:
    """The pairs worth drawing from. `blocks` hold likeness by dossiers and experts, `against` the conflicts of all."""
    size = against.shape[1]
    best = _BestOfExperts(size)
    parts: list[tuple[Ints, Floats]] = []
    start = 0
    for block in blocks:
        rows = slice(start, start + len(block))
        ranked = block + _turned(start, block.shape) * 1e-9
        free = np.where(against[rows], -np.inf, ranked)
        chosen = _top(free, EACH_DOSSIER) | (_top(ranked, EACH_DOSSIER) & against[rows])
        row, column = np.nonzero(chosen)
        parts.append(((row + start) * size + column, block[row, column]))
        best.add(start, free, block)
        start += len(block)
    return _joined([*parts, best.pairs()], against)


def _turned(start: int, shape: tuple[int, ...]) -> Floats:
    """An order among equals that begins with another expert for each dossier, so that not all get the same."""
    rows, size = np.arange(start, start + shape[0])[:, None], max(1, shape[1])
    return np.asarray((np.arange(shape[1])[None, :] * 7919 + rows * 104729) % size / size, dtype=np.float64)


def _top(values: Floats, count: int) -> Mask:
    """The `count` greatest finite values of each row."""
    found = np.zeros(values.shape, dtype=bool)
    if values.shape[1] <= count:
        return np.isfinite(values)
    at = np.argpartition(-values, count, axis=1)[:, :count]
    np.put_along_axis(found, at, values=True, axis=1)
    return np.asarray(found & np.isfinite(values))


class _BestOfExperts:
    """The best dossiers of each expert, gathered block by block."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rank = np.empty((0, size))
        self.row, self.likeness = np.empty((0, size), dtype=np.int64), np.empty((0, size))

    def add(self, start: int, ranked: Floats, likeness: Floats) -> None:
        rows = np.broadcast_to(np.arange(start, start + len(ranked))[:, None], ranked.shape)
        rank, row = np.vstack([self.rank, ranked]), np.vstack([self.row, rows])
        value = np.vstack([self.likeness, likeness])
        at = np.argsort(-rank, axis=0, kind="stable")[:EACH_EXPERT]
        self.rank, self.row, self.likeness = (np.take_along_axis(one, at, axis=0) for one in (rank, row, value))

    def pairs(self) -> tuple[Ints, Floats]:
        """The keys and likeness of what has something in common."""
        which, column = np.nonzero(np.isfinite(self.rank) & (self.likeness > 0))
        return self.row[which, column] * self.size + column, self.likeness[which, column]


def _joined(parts: list[tuple[Ints, Floats]], against: Mask) -> Candidates:
    keys = np.concatenate([keys for keys, _values in parts]).astype(np.int64)
    values = np.concatenate([values for _keys, values in parts])
    keys, first = np.unique(keys, return_index=True)
    size = max(1, against.shape[1])
    dossier, expert = keys // size, keys % size
    return Candidates(dossier, expert, values[first], against[dossier, expert])
