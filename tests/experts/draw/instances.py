"""Random problems of every shape, as the JSON the command reads, and the rules looked up one by one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np


def instance(seed: int, *, nested: bool = True, least: int = 0, **more: Any) -> dict[str, Any]:
    """A problem with panel rules, conflicts and forced pairs that keep the rules. Regions of institutions if nested."""
    draw = np.random.default_rng(seed)
    seats, people, houses = int(draw.integers(3, 15)), int(draw.integers(4, 18)), int(draw.integers(3, 9))
    where, own = draw.integers(0, 3, houses), draw.integers(0, houses, people)
    region = where[own] if nested else draw.integers(0, 3, people)
    experts = [
        {"id": f"e{at}", "institution": f"i{own[at]}", "region": f"r{region[at]}", "max_load": int(draw.integers(1, 5))}
        for at in range(people)
    ]
    for one in experts[:least]:
        one["min_load"] = 1
    proposals = [
        {"id": f"p{at}", "experts_needed": int(draw.integers(1, 5)), "institution": f"i{draw.integers(0, houses)}",
         "home_region": f"r{draw.integers(0, 3)}"} for at in range(seats)
    ]  # fmt: skip
    affinity = [
        [p, e, round(float(draw.random()), 6)] for p in range(seats) for e in range(people) if draw.random() < 0.7
    ]
    conflicts = [[p, e] for p, e, _score in affinity if draw.random() < 0.1]
    rules = {"max_per_institution": int(draw.integers(1, 3)), "max_home_region": int(draw.integers(0, 3))}
    return {
        "experts": experts, "proposals": proposals, "affinity": affinity, "conflicts": conflicts,
        "forced": _forced(experts, proposals, affinity, conflicts, rules), "rules": rules, "mode": "best", **more,
    }  # fmt: skip


def _forced(experts: Any, proposals: Any, affinity: Any, conflicts: Any, rules: Any) -> list[list[int]]:
    for p, e, _score in affinity:
        away = experts[e]["region"] != proposals[p]["home_region"]
        if [p, e] not in conflicts and experts[e]["institution"] != proposals[p]["institution"] and away:
            return [[p, e]]
    return []


def faults(data: dict[str, Any], pairs: list[list[int]]) -> list[str]:
    """Every rule the assignment breaks, counted the slow way."""
    experts, proposals, rules = data["experts"], data["proposals"], data["rules"]
    found = [] if len({tuple(pair) for pair in pairs}) == len(pairs) else ["twice"]
    listed = {(p, e) for p, e, _score in data["affinity"]} | {tuple(pair) for pair in data["forced"]}
    seats, loads = Counter(p for p, _e in pairs), Counter(e for _p, e in pairs)
    found += [f"conflict {pair}" for pair in pairs if pair in data["conflicts"] or tuple(pair) not in listed]
    found += [f"own {p, e}" for p, e in pairs if experts[e]["institution"] == proposals[p]["institution"]]
    found += [f"seats {p}" for p, size in seats.items() if size > proposals[p]["experts_needed"]]
    found += [f"load {e}" for e, size in loads.items() if size > experts[e]["max_load"]]
    found += [f"forced {pair}" for pair in data["forced"] if pair not in pairs]
    houses = Counter((p, experts[e]["institution"]) for p, e in pairs)
    homes = Counter(p for p, e in pairs if experts[e]["region"] == proposals[p]["home_region"])
    found += [f"institution {key}" for key, size in houses.items() if size > rules.get("max_per_institution", size)]
    return found + [f"home {p}" for p, size in homes.items() if size > rules.get("max_home_region", size)]
