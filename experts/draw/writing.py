"""The plan of a draw as JSON: the same bytes for the same problem, seed and version."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experts.draw.problem import Mask, Problem, sums
from experts.draw.shortage import lacking_kinds, shortages


def plan(problem: Problem, chosen: Mask, seed: str | int | None, inputs_sha256: str) -> dict[str, Any]:
    """What OUT.json holds. `worst` is the least sum of score among proposals that need experts."""
    pairs = problem.pairs.only(chosen)
    kinds = {"lacking_kinds": [asdict(one) for one in lacking_kinds(problem, chosen)]} if problem.kinds else {}
    panels = sums(problem, chosen)[problem.need > 0]
    return {
        "assignments": [list(pair) for pair in zip(pairs.p.tolist(), pairs.e.tolist(), strict=True)],
        "objective": round(math.fsum(pairs.score.tolist()), 9),
        "worst": round(float(panels.min()), 9) if len(panels) else None,
        "shortages": [asdict(short) for short in shortages(problem, chosen)],
        **kinds,
        "seed": seed,
        "inputs_sha256": inputs_sha256,
    }


def ready(target: Path, *sources: Path) -> None:
    """Raise OSError before the work is done if `target` has no folder, or would take the place of what is read."""
    if not target.parent.is_dir():
        raise NotADirectoryError(f"{target}: there is no folder {target.parent}")
    if target.is_dir():
        raise IsADirectoryError(f"{target}: is a folder; name a file")
    if target.resolve() in {source.resolve() for source in sources}:
        raise FileExistsError(f"{target}: names two files at once; give what is written a name of its own")


def write(path: Path, parts: Sequence[str]) -> None:
    """Put the text in `path` at once: written beside it, then renamed, so that nobody reads half a file.

    The file beside it is this process's own: two commands with the same target do not write into each other's.
    What is no plain file (a terminal, a pipe) is written to as it is.
    """
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def as_text(found: dict[str, Any]) -> str:
    """The plan as one line of JSON."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
