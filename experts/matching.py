"""How well an expert's field fits a dossier, and by which words: plain, deterministic, explained.

Bigrams of Chinese text and words of Latin text are compared; a shared focus area and a shared keyword count more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]+|[\u4e00-\u9fff]+")
AREA, KEYWORD, TITLE = 3.0, 2.0, 4.0
MOST_SHOWN = 5
LEAST_LIKENESS = 0.15


@dataclass(frozen=True)
class Match:
    """The score, and what made it: keywords in common, past titles that are alike."""

    score: float
    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    area: bool = False


@dataclass(frozen=True)
class Field:
    """What is known of an expert or a dossier: words, focus areas, titles."""

    keywords: frozenset[str]
    areas: frozenset[int]
    titles: tuple[tuple[str, frozenset[str]], ...] = ()
    text: frozenset[str] = field(default_factory=frozenset)


def grams(text: str) -> frozenset[str]:
    """The bigrams of Chinese runs and the Latin words of `text`, in lower case."""
    found: set[str] = set()
    for run in WORD.findall(text.lower()):
        found.update([run] if run[0].isascii() else (run[i : i + 2] for i in range(max(1, len(run) - 1))))
    return frozenset(found)


def expert_field(keywords: Sequence[str], areas: Sequence[int], titles: Sequence[str]) -> Field:
    """The field of an expert."""
    return Field(frozenset(keywords), frozenset(areas), tuple((title, grams(title)) for title in titles))


def dossier_field(title: str, keywords: Sequence[str], areas: Sequence[int]) -> Field:
    """The field of a dossier."""
    return Field(frozenset(keywords), frozenset(areas), text=grams(" ".join([title, *keywords])))


def match(expert: Field, dossier: Field) -> Match:
    """How well `expert` fits `dossier`; 0 when nothing is in common."""
    area = bool(expert.areas & dossier.areas)
    words = sorted(word for word in expert.keywords if word in dossier.keywords or grams(word) <= dossier.text)
    alike = sorted(
        ((_likeness(parts, dossier.text), title) for title, parts in expert.titles),
        key=lambda pair: (-pair[0], pair[1]),
    )
    near = [(likeness, title) for likeness, title in alike[:3] if likeness >= LEAST_LIKENESS]
    score = AREA * area + KEYWORD * len(words) + TITLE * sum(likeness for likeness, _title in near)
    return Match(round(score, 4), tuple(words[:MOST_SHOWN]), tuple(title for _likeness, title in near), area)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def as_data(found: Match) -> dict[str, Any]:
    """What is kept with an assignment: why this expert."""
    return {"score": str(found.score), "words": list(found.words), "titles": list(found.titles), "area": found.area}
