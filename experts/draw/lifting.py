"""Chains of exchanges that lift the worst-off panel while every panel they touch stays above where it was."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from experts.draw.problem import NONE, Floats, Ints, Mask, Problem, count, sums

LEAST_GAIN = 1e-9
# Proposal, expert given up, expert taken.
Step = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class _Tables:
    """What does not change: the pairs of each proposal, the rules by expert."""

    problem: Problem
    start: Ints
    institution: list[int]
    forced: frozenset[tuple[int, int]]

    def candidates(self, p: int) -> tuple[Ints, Floats]:
        """The experts of a proposal and their scores."""
        own = slice(int(self.start[p]), int(self.start[p + 1]))
        return self.problem.pairs.e[own], self.problem.pairs.score[own]

    def home(self, p: int, e: int) -> bool:
        return bool(self.problem.home[p] != NONE and self.problem.home[p] == self.problem.region[e])


class Lifting:
    """A plan that is being made fairer: `lift` until the worst-off panel cannot gain."""

    def __init__(self, problem: Problem, chosen: Mask) -> None:
        """Start from the pairs in `chosen`, which keep every rule."""
        pairs, fixed = problem.pairs, problem.pairs.only(problem.forced)
        start = np.searchsorted(pairs.p, np.arange(len(problem.need) + 1)).astype(np.int64)
        forced = frozenset(zip(fixed.p.tolist(), fixed.e.tolist(), strict=True))
        self.tables = _Tables(problem, start, problem.institution.tolist(), forced)
        self.most, self.least = problem.most.tolist(), problem.least.tolist()
        taken = pairs.only(chosen)
        self.load = count(taken.e, len(problem.most)).tolist()
        self.total = sums(problem, chosen)
        self.panels: list[dict[int, float]] = [{} for _ in problem.need]
        self.holders: list[set[int]] = [set() for _ in problem.most]
        for p, e, score in zip(taken.p.tolist(), taken.e.tolist(), taken.score.tolist(), strict=True):
            self.panels[p][e] = score
            self.holders[e].add(p)

    def lift(self, needy: Ints, limit: int) -> None:
        """Lift the worst-off of `needy` again and again, `limit` times at most or until it cannot be lifted."""
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
        experts, scores = self.tables.candidates(p)
        score = float(scores[np.searchsorted(experts, into)])
        self.total[p] += score - self.panels[p].pop(out)
        self.panels[p][into] = score
        self.holders[out].remove(p)
        self.holders[into].add(p)
        self.load[out] -= 1
        self.load[into] += 1

    def _chain(self, worst: int) -> list[Step] | None:
        """The shortest chain that lifts `worst`, giving up its weakest expert if it can."""
        floor = float(self.total[worst]) + LEAST_GAIN
        for out in sorted(self.panels[worst], key=lambda e: (self.panels[worst][e], e)):
            found = self._search(worst, out, floor)
            if found is not None:
                return found
        return None

    def _search(self, worst: int, out: int, floor: float) -> list[Step] | None:
        """Breadth first from the experts that `worst` may take for `out`, until one has room or `out` is taken."""
        came: dict[int, Step] = {}
        queue: deque[int] = deque()
        spare = self.load[out] > self.least[out]
        for step in self._steps(worst, out, floor, came):
            came[step[2]] = step
            queue.append(step[2])
            if spare and self.load[step[2]] < self.most[step[2]]:
                return [step]
        while queue:
            over = queue.popleft()
            path = _path(came, over, worst)
            seen = {step[0] for step in path}
            for p in sorted(self.holders[over] - seen):
                for step in self._steps(p, over, floor, came):
                    came[step[2]] = step
                    queue.append(step[2])
                    if step[2] == out or (spare and self.load[step[2]] < self.most[step[2]]):
                        return [*path, step]
        return None

    def _steps(self, p: int, out: int, floor: float, came: dict[int, Step]) -> Iterator[Step]:
        """What panel p may take for `out` and stay above `floor`, best first."""
        if (p, out) in self.tables.forced:
            return
        experts, scores = self.tables.candidates(p)
        need = floor - float(self.total[p]) + self.panels[p][out]
        good = np.flatnonzero(scores >= need)
        for at in good[np.argsort(-scores[good], kind="stable")].tolist():
            e = int(experts[at])
            if e not in came and e not in self.panels[p] and self._allowed(p, out, e):
                yield p, out, e

    def _allowed(self, p: int, out: int, into: int) -> bool:
        problem, institution = self.tables.problem, self.tables.institution
        rest = [e for e in self.panels[p] if e != out]
        if problem.per_institution is not None and institution[into] != NONE:
            same = sum(institution[e] == institution[into] for e in rest)
            if same >= problem.per_institution:
                return False
        if problem.per_home is None or not self.tables.home(p, into):
            return True
        return sum(self.tables.home(p, e) for e in rest) < problem.per_home


def _path(came: dict[int, Step], last: int, first: int) -> list[Step]:
    """The steps from the proposal `first` to the expert `last`."""
    steps = [came[last]]
    while steps[-1][0] != first:
        steps.append(came[steps[-1][1]])
    return steps[::-1]
