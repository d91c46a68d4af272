"""What is to be assigned: experts, proposals, the pairs that fit and the rules, as arrays by position."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
NONE = -1


@dataclass(frozen=True, eq=False)
class Pairs:
    """Proposal, expert and score of each pair that may be assigned, sorted by proposal and expert, none twice."""

    p: Ints
    e: Ints
    score: Floats

    def __len__(self) -> int:
        return len(self.p)

    def only(self, which: Mask) -> Pairs:
        """The pairs marked in `which`, in the same order."""
        return Pairs(self.p[which], self.e[which], self.score[which])


@dataclass(frozen=True, eq=False)
class Problem:
    """One draw. Codes of institutions and regions are shared by experts and proposals; NONE means not known.

    need -- seats per proposal; most, least -- loads per expert; listed -- pairs per proposal before conflicts;
    per_institution, per_home -- at most so many of one panel from one institution, from the proposal's own region;
    even -- what each review more costs an expert (in score; rising by as much each time), `started` reviews counted;
    kinds -- {name: (how many of each panel at least, which experts are of the kind)}.
    """

    proposals: Sequence[Hashable]
    experts: Sequence[Hashable]
    need: Ints
    most: Ints
    least: Ints
    institution: Ints
    region: Ints
    home: Ints
    pairs: Pairs
    forced: Mask
    listed: Ints
    per_institution: int | None = None
    per_home: int | None = None
    mode: str = "best"
    cap: float = 1.0
    even: float = 0.0
    started: Ints | None = None
    kinds: Mapping[str, tuple[int, Mask]] = field(default_factory=dict)
    seed: str | int | None = None
    content: str = field(default="", repr=False)

    @property
    def keys(self) -> Ints:
        """One number per pair, rising."""
        return self.pairs.p * len(self.experts) + self.pairs.e


def open_problem(*, need: Ints, most: Ints, found: Sequence[tuple[int, int, float]], **more: Any) -> Problem:
    """A problem of seats, loads and the pairs (proposal, expert, score) that may be assigned, without panel rules.

    more -- further fields of the problem.
    """
    rows = sorted(found)
    pairs = Pairs(integers([p for p, _e, _s in rows]), integers([e for _p, e, _s in rows]),
                  np.array([score for _p, _e, score in rows], dtype=np.float64))  # fmt: skip
    unknown, nowhere = np.full(len(most), NONE), np.full(len(need), NONE)
    return Problem(
        proposals=range(len(need)), experts=range(len(most)), need=need, most=most, least=np.zeros_like(most),
        institution=unknown, region=unknown, home=nowhere, pairs=pairs, forced=np.zeros(len(rows), dtype=bool),
        listed=count(pairs.p, len(need)), **more,
    )  # fmt: skip


def sums(problem: Problem, chosen: Mask) -> Floats:
    """The score of each proposal's panel."""
    pairs = problem.pairs
    found = np.bincount(pairs.p[chosen], weights=pairs.score[chosen], minlength=len(problem.need))
    return found.astype(np.float64)


def count(of: Ints, size: int) -> Ints:
    """How often each of 0 … size-1 stands in `of`."""
    return np.bincount(of, minlength=size).astype(np.int64)


def integers(values: Any) -> Ints:
    """The values as an array."""
    return np.array(values, dtype=np.int64)
