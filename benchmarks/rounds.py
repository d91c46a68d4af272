"""Synthetic rounds for the benchmarks: topics mixed per proposal and expert, institutions of uneven size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

TOPICS, REGIONS, CHUNK = 60, 14, 2_000


def make(
    path: Path, proposals: int, experts: int, *, top: int = 50, need: int = 5, load: int = 20, **more: Any
) -> Path:
    """Write a problem file: the `top` best experts of each proposal."""
    draw = np.random.default_rng(1)
    fields = [_unit(draw.dirichlet(np.full(TOPICS, 0.08), size)) for size in (proposals, experts)]
    houses = max(20, experts // 15)
    weight = 1 / np.arange(1, houses + 1)
    own, host = (draw.choice(houses, size, p=weight / weight.sum()) for size in (experts, proposals))
    region = draw.integers(0, REGIONS, houses)
    affinity: list[list[Any]] = []
    for start in range(0, proposals, CHUNK):
        likeness = fields[0][start : start + CHUNK] @ fields[1].T
        likeness = np.clip(likeness + draw.normal(0, 0.05, likeness.shape), 0, 1)
        best = np.argpartition(-likeness, top, axis=1)[:, :top]
        affinity += [
            [start + p, e, round(float(likeness[p, e]), 6)] for p, row in enumerate(best.tolist()) for e in row
        ]
    conflicts = [affinity[at][:2] for at in draw.choice(len(affinity), len(affinity) // 200, replace=False)]
    data = {
        "experts": [{"id": f"e{at}", "institution": f"i{own[at]}", "region": f"r{region[own[at]]}", "max_load": load}
                    for at in range(experts)],
        "proposals": [{"id": f"p{at}", "experts_needed": need, "institution": f"i{host[at]}",
                       "home_region": f"r{region[host[at]]}"} for at in range(proposals)],
        "affinity": affinity, "conflicts": conflicts, "forced": [], "rules": {}, "mode": "best", **more,
    }  # fmt: skip
    path.write_text(json.dumps(data))
    return path


def _unit(rows: Any) -> Any:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
