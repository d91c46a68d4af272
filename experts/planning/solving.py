"""From the bytes of a problem and a seed to the bytes of an outcome: the same bytes whenever it is done over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction

from experts.draw.assign import solve
from experts.draw.problem import Mask, Problem
from experts.draw.randomised import Lottery, draw, lottery
from experts.draw.reading import problem_of
from experts.draw.writing import as_text, plan
from workflows.digest import canonical


@dataclass(frozen=True, eq=False)
class Solved:
    """What came out.

    outcome -- the plan of the problem as `assign_experts` writes it; chances -- JSON: `turns` and `units`
    [[proposal, expert, units of 1/2^turns] …] of every pair that could have been drawn, empty where no lots are drawn;
    chosen -- the pairs of the plan by position, each with its chance.
    """

    outcome: bytes
    chances: bytes
    chosen: dict[tuple[int, int], Fraction]


def solved(inputs: bytes, seed: str) -> Solved:
    """Solve the problem in `inputs`. Raises FaultError for a malformed one."""
    problem = problem_of(inputs)
    if problem.mode != "drawn":
        mask = solve(problem)
        return Solved(_outcome(problem, mask, None, inputs), b"", dict.fromkeys(_places(problem, mask), Fraction(1)))
    lots = lottery(problem)
    mask = draw(problem, lots, seed)
    chances = lots.chances(problem)
    chosen = {pair: chances[pair] for pair in _places(problem, mask)}
    return Solved(_outcome(problem, mask, seed, inputs), _chances(problem, lots), chosen)


def _outcome(problem: Problem, chosen: Mask, seed: str | None, inputs: bytes) -> bytes:
    return as_text(plan(problem, chosen, seed, sha256(inputs))).encode()


def _chances(problem: Problem, lots: Lottery) -> bytes:
    whole = 2**lots.turns
    units = [[p, e, int(chance * whole)] for (p, e), chance in lots.chances(problem).items()]
    return canonical({"turns": lots.turns, "units": units})


def _places(problem: Problem, chosen: Mask) -> list[tuple[int, int]]:
    found = problem.pairs.only(chosen)
    return list(zip(found.p.tolist(), found.e.tolist(), strict=True))


def sha256(content: bytes) -> str:
    """In hex."""
    return hashlib.sha256(content).hexdigest()
