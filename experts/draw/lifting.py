"""Chains of exchanges that lift the worst-off panel while every panel they touch stays above where it was.

A panel that lacks seats may take an expert without giving one up; then the chain ends with a panel that can spare one.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from experts.draw.nest import at_home
from experts.draw.problem import NONE, Floats, Ints, Mask, Problem, count, sums

LEAST_GAIN = 1e-9
# So many exchanges of one expert may be looked at for one group: about a second.
MOST_LOOKS = 10_000
# Proposal, expert given up, expert taken; NONE for nobody.
Step = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class _Tables:
    """What does not change: the pairs of each proposal, the institution of each pair, whether it is at home."""

    problem: Problem
    start: Ints
    institution: Ints
    home: Mask
    forced: frozenset[tuple[int, int]]

    def own(self, p: int) -> slice:
        """The pairs of a proposal."""
        return slice(int(self.start[p]), int(self.start[p + 1]))

    def candidates(self, p: int) -> tuple[Ints, Floats]:
        """The experts of a proposal and their scores."""
        return self.problem.pairs.e[self.own(p)], self.problem.pairs.score[self.own(p)]

    def allowed(self, p: int, rest: list[int], panel: Iterable[int]) -> Mask:
        """Which candidates may join `rest`; those of the whole `panel` may not."""
        experts, _scores = self.candidates(p)
        institution, home = self.institution[self.own(p)], self.home[self.own(p)]
        at = np.searchsorted(experts, rest)
        found = np.ones(len(experts), dtype=bool)
        found[np.searchsorted(experts, list(panel))] = False
        if self.problem.per_institution is not None:
            for one, size in Counter(institution[at].tolist()).items():
                if one != NONE and size >= self.problem.per_institution:
                    found &= institution != one
        if self.problem.per_home is not None and int(home[at].sum()) >= self.problem.per_home:
            found &= ~home
        return found


class Lifting:
    """A plan that is being made fairer: `lift` until the worst-off panel cannot gain."""

    def __init__(self, problem: Problem, chosen: Mask) -> None:
        """Start from the pairs in `chosen`, which keep every rule."""
        pairs, fixed = problem.pairs, problem.pairs.only(problem.forced)
        start = np.searchsorted(pairs.p, np.arange(len(problem.need) + 1)).astype(np.int64)
        forced = frozenset(zip(fixed.p.tolist(), fixed.e.tolist(), strict=True))
        self.tables = _Tables(problem, start, problem.institution[pairs.e], at_home(problem), forced)
        self.most, self.least = problem.most.tolist(), problem.least.tolist()
        taken = pairs.only(chosen)
        self.load = count(taken.e, len(problem.most)).tolist()
        self.total = sums(problem, chosen)
        self.panels: list[dict[int, float]] = [{} for _ in problem.need]
        self.holders: list[set[int]] = [set() for _ in problem.most]
        self.looks = 0
        for p, e, score in zip(taken.p.tolist(), taken.e.tolist(), taken.score.tolist(), strict=True):
            self.panels[p][e] = score
            self.holders[e].add(p)

    def lift(self, needy: Ints, limit: int) -> None:
        """Lift the worst-off of `needy` again and again, `limit` times at most or until it cannot be lifted."""
        self.looks = 0
        for _turn in range(limit):
            worst = int(needy[np.argmin(self.total[needy])])
            steps = self._chain(worst)
            if steps is None:
                return
            for step in steps:
                self._take(*step)

    def chosen(self) -> Mask:
        """The pairs as they are now."""
        pairs = self.tables.problem.pairs
        places = zip(pairs.p.tolist(), pairs.e.tolist(), strict=True)
        return np.fromiter((e in self.panels[p] for p, e in places), dtype=bool, count=len(pairs))

    def _take(self, p: int, out: int, into: int) -> None:
        if into != NONE:
            experts, scores = self.tables.candidates(p)
            self.panels[p][into] = float(scores[np.searchsorted(experts, into)])
            self.total[p] += self.panels[p][into]
            self.holders[into].add(p)
            self.load[into] += 1
        if out != NONE:
            self.total[p] -= self.panels[p].pop(out)
            self.holders[out].remove(p)
            self.load[out] -= 1

    def _chain(self, worst: int) -> list[Step] | None:
        """The shortest chain that lifts `worst`: by a further seat if it lacks one, else for its weakest expert."""
        floor = float(self.total[worst]) + LEAST_GAIN
        own = self.panels[worst]
        short = [NONE] if len(own) < self.tables.problem.need[worst] else []
        for out in [*short, *sorted(own, key=lambda e: (own[e], e))]:
            found = self._search(worst, out, floor)
            if found is not None:
                return found
        return None

    def _search(self, worst: int, out: int, floor: float) -> list[Step] | None:
        """Breadth first from the experts that `worst` may take for `out`, until a step ends the chain."""
        came: dict[int, Step] = {}
        seen = np.zeros(len(self.load), dtype=bool)
        queue = deque([out])
        while queue and self.looks < MOST_LOOKS:
            over = queue.popleft()
            path = _path(came, over, worst) if over in came else []
            for p in sorted(self.holders[over] - {step[0] for step in path}) if path else [worst]:
                if path and out == NONE and self._can_spare(p, over, floor):
                    return [*path, (p, over, NONE)]
                for step in self._steps(p, over, floor, seen):
                    came[step[2]], seen[step[2]] = step, True
                    queue.append(step[2])
                    if step[2] == out or self._has_room(step[2], out):
                        return [*path, step]
        return None

    def _has_room(self, into: int, out: int) -> bool:
        """Whether an expert can take one more, and the one given up one less."""
        spare = out == NONE or self.load[out] > self.least[out]
        return bool(spare and self.load[into] < self.most[into])

    def _can_spare(self, p: int, e: int, floor: float) -> bool:
        return (p, e) not in self.tables.forced and self.total[p] - self.panels[p][e] >= floor

    def _steps(self, p: int, out: int, floor: float, seen: Mask) -> Iterator[Step]:
        """What panel p may take for `out` and stay above `floor`, best first."""
        self.looks += 1
        if (p, out) in self.tables.forced:
            return
        panel = self.panels[p]
        experts, scores = self.tables.candidates(p)
        need = floor - float(self.total[p]) + panel.get(out, 0.0)
        good = np.flatnonzero((scores >= need) & ~seen[experts])
        if len(good):
            good = good[self.tables.allowed(p, [e for e in panel if e != out], panel)[good]]
        for at in good[np.argsort(-scores[good], kind="stable")].tolist():
            yield p, out, int(experts[at])


def _path(came: dict[int, Step], last: int, first: int) -> list[Step]:
    """The steps from the proposal `first` to the expert `last`."""
    steps = [came[last]]
    while steps[-1][0] != first:
        steps.append(came[steps[-1][1]])
    return steps[::-1]
