"""Penalties that keep a person out of reviews (科研诚信), as rooms above know them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A penalty in force: the primary key of the person, and what an officer may know of it."""

    person: int
    evidence: str


# (people, day) -> the penalties in force on that day.
Source = Callable[[Collection[int], dt.date], Iterable[Block]]
_sources: list[Source] = []


def register_blocks(source: Source) -> None:
    """Let `source` tell of penalties in force."""
    _sources.append(source)


def unregister_blocks(source: Source) -> None:
    """Take `source` out again."""
    _sources.remove(source)


def blocks_of(people: Collection[int], today: dt.date) -> dict[int, list[Block]]:
    """The penalties in force by person."""
    found: dict[int, list[Block]] = defaultdict(list)
    for source in _sources:
        for block in source(people, today):
            found[block.person].append(block)
    return found
