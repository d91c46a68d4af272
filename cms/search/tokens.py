"""Cutting text into tokens without a dictionary: every substring of Chinese text can be found.

A run of Han characters gives its overlapping pairs and then its last character; anything else gives words.
Text is folded first (NFKC, case), so that full-width and half-width, upper and lower case meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
HAN_RUN = re.compile(rf"[{HAN}]+")
MOST_TEXT = 50_000
MOST_QUERY = 100
MOST_PHRASES = 8


@dataclass(frozen=True)
class Phrase:
    """Tokens that must stand side by side; with `open_end` the last one may go on."""

    tokens: tuple[str, ...]
    open_end: bool = False


def fold(text: str) -> str:
    """The text as it is compared: NFKC, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order; of very long texts the first part only."""
    return [token for run in RUN.findall(fold(text[:MOST_TEXT])) for token in _cut(run)]


def phrases(query: str) -> list[Phrase]:
    """What a query asks for: one phrase for each part between spaces; nothing for a query without letters."""
    parts = fold(query[:MOST_QUERY].replace("\0", " ")).split()
    found = [phrase for part in parts if (phrase := _phrase(RUN.findall(part))) is not None]
    return found[:MOST_PHRASES]


def _cut(run: str) -> Iterator[str]:
    if not HAN_RUN.fullmatch(run):
        yield run
        return
    yield from (run[at : at + 2] for at in range(len(run) - 1))
    yield run[-1]


def _phrase(runs: list[str]) -> Phrase | None:
    if not runs:
        return None
    *before, last = runs
    cut = [token for run in before for token in _cut(run)]
    if not HAN_RUN.fullmatch(last):
        return Phrase((*cut, last))
    if len(last) == 1:
        return Phrase((*cut, last), open_end=True)
    return Phrase((*cut, *(last[at : at + 2] for at in range(len(last) - 1))))
