"""How well a pool fits the dossiers of a round, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from experts.affinity.affinity import CHUNK, Pool
from experts.matching import Match
from experts.models import Dossier, ExpertProfile

Floats = NDArray[np.float64]
Pair = tuple[int, int]
# A focus area in common is worth as much as half a work that is the same word for word.
AREA = 0.5
DIGITS = 6


class Likeness:
    """Experts and dossiers by position. Expertise and focus areas are read beforehand (`prefetch_related`).

    The works of an expert are past titles and, as one more, the keywords.
    """

    def __init__(self, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier]) -> None:
        self.dossiers = dossiers
        self.titles = [[item.title for item in expert.expertise.all()] for expert in experts]
        self.areas = [{area.pk for area in expert.focus_areas.all()} for expert in experts]
        self.pool = Pool([_works(*one) for one in zip(experts, self.titles, strict=True)])

    def blocks(self) -> Iterator[Floats]:
        """Scores of dossiers (rows) and experts (columns), block after block; 0 is nothing in common."""
        by_area = self._by_area()
        texts = [_text(dossier) for dossier in self.dossiers]
        for start, scores in enumerate(self.pool.scores(texts)):
            found: Floats = scores.toarray()
            for at, dossier in enumerate(self.dossiers[start * CHUNK : (start + 1) * CHUNK]):
                common = {expert for area in dossier.focus_areas for expert in by_area.get(area, ())}
                found[at, list(common)] += AREA
            yield np.round(found, DIGITS)

    def _by_area(self) -> dict[int, list[int]]:
        """Positions of experts by focus area."""
        found: dict[int, list[int]] = defaultdict(list)
        for at, areas in enumerate(self.areas):
            for area in areas:
                found[area].append(at)
        return found

    def why(self, scores: dict[Pair, float], pairs: Iterable[Pair]) -> dict[Pair, Match]:
        """For each pair (dossier, expert) the words in common, the titles that are alike, the score in `scores`."""
        panels: dict[int, list[int]] = defaultdict(list)
        for p, e in pairs:
            panels[p].append(e)
        return {
            (p, e): self._match(p, e, scores.get((p, e), 0.0), found)
            for p, experts in panels.items()
            for e, found in zip(experts, self.pool.explain(_text(self.dossiers[p]), experts), strict=True)
        }

    def _match(self, p: int, e: int, score: float, found: tuple[list[str], list[int]]) -> Match:
        words, works = found
        titles = tuple(self.titles[e][at] for at in works if at < len(self.titles[e]))
        return Match(score, tuple(words), titles, bool(self.areas[e].intersection(self.dossiers[p].focus_areas)))


def _works(expert: ExpertProfile, titles: list[str]) -> list[str]:
    return [*titles, " ".join(expert.keywords)] if expert.keywords else titles


def _text(dossier: Dossier) -> str:
    return " ".join([dossier.title, *dossier.keywords])
