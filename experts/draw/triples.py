"""The long lists of a problem file, half a million entries and more: checked in bulk, searched only when at fault."""

from __future__ import annotations

from itertools import chain
from typing import Any, NoReturn

import numpy as np

from experts.draw.entries import FaultError
from experts.draw.problem import Floats, Ints, integers

MOST_SCORE = 1_000_000
PAIR, TRIPLE = 2, 3


def triples_of(rows: list[Any], sizes: tuple[int, int]) -> tuple[Ints, Ints, Floats]:
    """Proposals, experts and scores of `affinity`; none twice, every position within `sizes`, every score finite."""
    flat = _flat(rows, TRIPLE, "affinity", sizes)
    score = flat[2::3]
    if not set(map(type, score)) <= {int, float}:
        _name(rows, "affinity", sizes)
    try:
        scores = np.array(score, dtype=np.float64)
    except OverflowError:
        _name(rows, "affinity", sizes)
    if len(scores) and not np.abs(scores).max() <= MOST_SCORE:
        _name(rows, "affinity", sizes)
    p, e = _positions(rows, (flat[0::3], flat[1::3]), "affinity", sizes)
    _once(p * max(1, sizes[1]) + e, "affinity", sizes)
    return p, e, scores


def pairs_of(rows: list[Any], where: str, sizes: tuple[int, int]) -> Ints:
    """The pairs of `conflicts` or `forced` as proposal · experts + expert, in their order, doubles left out."""
    flat = _flat(rows, PAIR, where, sizes)
    p, e = _positions(rows, (flat[0::2], flat[1::2]), where, sizes)
    keys = p * max(1, sizes[1]) + e
    return np.asarray(keys[np.sort(np.unique(keys, return_index=True)[1])])


def _flat(rows: list[Any], width: int, where: str, sizes: tuple[int, int]) -> list[Any]:
    if set(map(type, rows)) - {list} or set(map(len, rows)) - {width}:
        _name(rows, where, sizes)
    return list(chain.from_iterable(rows))


def _positions(
    rows: list[Any], columns: tuple[list[Any], list[Any]], where: str, sizes: tuple[int, int]
) -> tuple[Ints, Ints]:
    found = []
    for values, size in zip(columns, sizes, strict=True):
        if set(map(type, values)) - {int} or (values and not 0 <= min(values) <= max(values) < size):
            _name(rows, where, sizes)
        found.append(integers(values))
    return found[0], found[1]


def _once(keys: Ints, where: str, sizes: tuple[int, int]) -> None:
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    if len(same):
        at = int(order[same + 1].min())
        first = int(np.flatnonzero(keys == keys[at])[0])
        pair = divmod(int(keys[at]), max(1, sizes[1]))
        raise FaultError(f"{where}[{at}]: the pair {pair} stands in {where}[{first}] already")


def _name(rows: list[Any], where: str, sizes: tuple[int, int]) -> NoReturn:
    """Raise for the first entry at fault."""
    width = TRIPLE if where == "affinity" else PAIR
    shape = "[proposal, expert, score]" if width == TRIPLE else "[proposal, expert]"
    for at, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != width:
            raise FaultError(f"{where}[{at}]: must be {shape}")
        for name, value, size in zip(("proposal", "expert"), row, sizes, strict=False):
            if type(value) is not int or not 0 <= value < size:
                raise FaultError(f"{where}[{at}]: {name} {value!r} is not a position from 0 to {size - 1}")
        if width == TRIPLE and not _is_score(row[2]):
            raise FaultError(f"{where}[{at}]: score {row[2]!r} is not a number from -{MOST_SCORE} to {MOST_SCORE}")
    raise AssertionError(where)


def _is_score(value: Any) -> bool:
    return type(value) in {int, float} and abs(value) <= MOST_SCORE
