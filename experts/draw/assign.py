"""From a problem file to a plan file."""

from __future__ import annotations

import secrets
from pathlib import Path

from experts.draw.exact import best
from experts.draw.fair import fair
from experts.draw.problem import Mask, Problem
from experts.draw.randomised import draw, lottery
from experts.draw.reading import read
from experts.draw.shortage import underloaded
from experts.draw.writing import as_text, plan, ready, write

MOST_TOLD = 50


def solve(problem: Problem, seed: str | int | None = None) -> Mask:
    """The pairs to assign in the problem's mode."""
    if problem.mode == "drawn":
        return draw(problem, lottery(problem), seed or "")
    return fair(problem) if problem.mode == "fair" else best(problem)


def assign(source: Path, target: Path) -> str:
    """Read `source`, solve, write `target`; one paragraph on what came out.

    Raises FaultError or OSError, then writes nothing.
    """
    ready(target, source)
    problem, fingerprint = read(source)
    seed = problem.seed
    if problem.mode == "drawn" and seed is None:
        seed = secrets.token_hex(32)
    chosen = solve(problem, seed)
    found = plan(problem, chosen, seed, fingerprint)
    write(target, [as_text(found)])
    short = [f"{one['proposal']}: {one['missing']} seats short ({one['binding']})" for one in found["shortages"]]
    under = [f"{expert}: {missing} below min_load" for expert, missing in underloaded(problem, chosen)]
    head = f"{len(found['assignments'])} seats, objective {found['objective']}, worst {found['worst']}"
    return "\n".join([head, *_first(short), *_first(under)])


def _first(lines: list[str]) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - MOST_TOLD
    return [*lines[:MOST_TOLD], f"… and {more} more"] if more > 0 else lines
