"""The draw beside HiGHS, and beside a checkout of openreview-matcher if one is named.

bench_draw.py [--small] [--peer PATH] [--midl FOLDER] -- CPU seconds of this process, objective, worst panel.
--midl takes the folder data/midl of the public repository fair-matching. --small leaves out the largest rounds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

import numpy as np  # noqa: E402
from rounds import make  # noqa: E402

from experts.draw.exact import best  # noqa: E402
from experts.draw.fair import fair  # noqa: E402
from experts.draw.floor import unfilled  # noqa: E402
from experts.draw.flow import price_of  # noqa: E402
from experts.draw.problem import Mask, Problem, sums  # noqa: E402
from experts.draw.programme import programme  # noqa: E402
from experts.draw.randomised import draw, lottery  # noqa: E402
from experts.draw.reading import parse, read  # noqa: E402
from tests.experts.draw.instances import instance  # noqa: E402
from tests.experts.draw.programmes import greatest_least  # noqa: E402

PANEL = {"max_per_institution": 1, "max_home_region": 3}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def line(name: str, cpu: float, problem: Problem, chosen: Mask, base: float | None = None) -> None:
    panels = sums(problem, chosen)
    ratio = f" ({cpu / base:8.1f} x)" if base else ""
    short = int(problem.need.sum() - chosen.sum())
    print(f"  {name:34} {cpu:9.3f} CPU s{ratio}  objective {panels.sum():12.4f}"
          f"  worst {panels.min():7.4f}  short {short}",
          flush=True)  # fmt: skip


def highs(problem: Problem) -> Mask:
    score = problem.pairs.score[~problem.forced]
    chosen = problem.forced.copy()
    chosen[~problem.forced] = programme(problem, score, price_of(problem, score))
    return chosen


def peer_solver(path: Path) -> Callable[[str, Problem], Mask]:
    """The solvers of a checkout of openreview-matcher, without its service."""
    for name, place in (("matcher", path / "matcher"), ("matcher.solvers", path / "matcher" / "solvers")):
        module = types.ModuleType(name)
        module.__path__ = [str(place)]
        sys.modules[name] = module
    import importlib

    classes = {"MinMax": ("minmax_solver", "MinMaxSolver"), "FairFlow": ("fairflow", "FairFlow")}

    def solve(name: str, problem: Problem) -> Mask:
        module, kind = classes[name]
        shape = (len(problem.need), len(problem.most))
        scores, constraints = np.zeros(shape), np.full(shape, -1)
        pairs = problem.pairs
        scores[pairs.p, pairs.e], constraints[pairs.p, pairs.e] = pairs.score, 0
        # Its encoder gives costs as scores turned round, times 100.
        encoder = types.SimpleNamespace(
            aggregate_score_matrix=scores, constraint_matrix=constraints, cost_matrix=-100 * scores, cost_scaling=100
        )
        solver = getattr(importlib.import_module(f"matcher.solvers.{module}"), kind)
        found = solver(problem.least.tolist(), problem.most.tolist(), problem.need.tolist(), encoder,
                       allow_zero_score_assignments=True).solve()  # fmt: skip
        return np.asarray(np.asarray(found)[pairs.p, pairs.e] > 0)

    return solve


def random_instances() -> None:
    worst, ours, theirs = 0.0, 0.0, 0.0
    for seed in range(200):
        problem = parse(instance(seed))
        mine, chosen = timed(lambda problem=problem: best(problem))
        other, reference = timed(lambda problem=problem: highs(problem))
        ours, theirs = ours + mine, theirs + other
        if chosen.sum() != reference.sum():
            raise SystemExit(f"instance {seed}: other seats than HiGHS")
        worst = max(worst, abs(sums(problem, chosen).sum() - sums(problem, reference).sum()))
    print(
        f"200 random instances with panel rules: {ours:.2f} CPU s, HiGHS {theirs:.2f}; greatest difference {worst:.1e}"
    )


def fair_instances() -> None:
    ours, theirs, below = 0.0, 0.0, 0
    for seed in range(400):
        data = instance(seed, nested=bool(seed % 2), least=seed // 2 % 4)
        problem = parse(data)
        mine, chosen = timed(lambda problem=problem: fair(problem))
        other, (lacking, least) = timed(lambda data=data: greatest_least(data))
        ours, theirs = ours + mine, theirs + other
        panels = sums(problem, chosen)[np.unique(problem.pairs.p)]
        below += unfilled(problem, chosen) != lacking or panels.min() < least - 1e-6
    print(f"400 random instances, half of them crossing: fair {ours:.2f} CPU s, HiGHS {theirs:.2f}; below it: {below}")


def round_of(title: str, path: Path, peer: Callable[[str, Problem], Mask] | None, *, reference: bool = True) -> None:
    problem, _fingerprint = read(path)
    print(f"{title}, {len(problem.pairs)} pairs")
    base, chosen = timed(lambda: best(problem))
    line("best", base, problem, chosen)
    if reference:
        cpu, found = timed(lambda: highs(problem))
        line("  HiGHS on the same file", cpu, problem, found, base)
    if peer:
        cpu, found = timed(lambda: peer("MinMax", problem))
        line("  openreview-matcher MinMax", cpu, problem, found, base)
    if reference:
        cpu, found = timed(lambda: fair(problem))
        line("fair", cpu, problem, found)
    if peer:
        other, found = timed(lambda: peer("FairFlow", problem))
        line("  openreview-matcher FairFlow", other, problem, found, cpu)


def lotteries(path: Path) -> None:
    problem, _fingerprint = read(path)
    optimum = float(sums(problem, best(problem)).sum())
    for cap in (0.5, 0.75, 0.8):
        capped = replace(problem, cap=cap)
        cpu, chances = timed(lambda capped=capped: lottery(capped))
        again, chosen = timed(lambda capped=capped, chances=chances: draw(capped, chances, "benchmark"))
        same = bool((chosen == draw(capped, chances, "benchmark")).all())
        line(f"drawn, cap {cap}: chances", cpu, capped, chosen)
        expected = float(chances.units @ problem.pairs.score) / 2**chances.turns
        print(f"    one draw {again:.3f} CPU s; expected {expected / optimum:.4f} of the optimum; greatest chance "
              f"{chances.units.max() / 2**chances.turns:.6f}; replay identical: {same}", flush=True)  # fmt: skip


def marginals(path: Path, turns: int = 200) -> None:
    problem, _fingerprint = read(path)
    problem = replace(problem, cap=0.75)
    chances = lottery(problem)
    expected = chances.units / 2**chances.turns
    seen = np.sum([draw(problem, chances, number) for number in range(turns)], axis=0)
    inside = (expected > 0) & (expected < 1)
    z = (seen - turns * expected)[inside] / np.sqrt(turns * expected * (1 - expected))[inside]
    leaks = int((seen[expected == 0] > 0).sum())
    print(f"  {turns} draws at cap .75: z of {inside.sum()} pairs: mean {z.mean():.3f}, sd {z.std():.3f}, extreme "
          f"{np.abs(z).max():.2f}; {leaks} draws of pairs without a chance")  # fmt: skip


# In a small process of its own: a child is charged with the memory of the process that starts it.
LAUNCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
TURNS = 3


def command(path: Path) -> None:
    """The whole command as an officer starts it: start, reading, solving, writing; the least of three turns."""
    asked = ["manage.py", "assign_experts", "--problem", str(path), "--plan", str(path.with_suffix(".out"))]
    turns = []
    for _turn in range(TURNS):
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", LAUNCH, sys.executable, *asked], cwd=ROOT, check=True, capture_output=True, text=True
        )
        turns.append(tuple(map(float, done.stdout.split())))
    spent, memory = (min(column) for column in zip(*turns, strict=True))
    print(f"  the command with start, reading and writing: {spent:.2f} CPU s, {memory:.0f} MB", flush=True)


def midl(folder: Path, peer: Callable[[str, Problem], Mask] | None, place: Path) -> None:
    import json

    scores, seats = np.load(folder / "scores.npy"), np.load(folder / "covs.npy")
    for title, least in (("MIDL", None), ("MIDL with least loads", np.load(folder / "loads-lb.npy"))):
        loads = np.load(folder / "loads.npy")
        house = {"institution": None, "region": None}
        data = {
            "experts": [{"id": at, "max_load": int(load), "min_load": 0 if least is None else int(least[at]), **house}
                        for at, load in enumerate(loads)],
            "proposals": [{"id": at, "experts_needed": int(size), "institution": None, "home_region": None}
                          for at, size in enumerate(seats)],
            "affinity": [[p, e, float(scores[e, p])] for e, p in np.ndindex(scores.shape)], "mode": "best",
        }  # fmt: skip
        path = place / "midl.json"
        path.write_text(json.dumps(data))
        round_of(title, path, peer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--midl", type=Path)
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    peer = peer_solver(asked.peer) if asked.peer else None
    random_instances()
    fair_instances()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if asked.midl:
            midl(asked.midl, peer, place)
        round_of("1,000 x 300 sparse", make(place / "a.json", 1_000, 300), peer)
        panel = make(place / "b.json", 1_000, 300, rules=PANEL)
        round_of("1,000 x 300 with panel rules", panel, None)
        marginals(panel)
        if not asked.small:
            large(place, peer)


def large(place: Path, peer: Callable[[str, Problem], Mask] | None) -> None:
    round_of("5,000 x 1,500 sparse", make(place / "c.json", 5_000, 1_500), peer)
    path = make(place / "d.json", 10_000, 3_000, rules=PANEL)
    round_of("10,000 x 3,000 with panel rules", path, None)
    lotteries(path)
    command(path)
    path = make(place / "e.json", 22_495, 24_854, top=60, need=4, load=5, rules=PANEL)
    round_of("22,495 x 24,854 with panel rules", path, None, reference=False)
    command(path)


if __name__ == "__main__":
    main()
