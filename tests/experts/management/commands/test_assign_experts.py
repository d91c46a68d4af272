from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.experts.draw.instances import faults, instance

ROOT = Path(__file__).resolve().parents[4]


def run(name: str, *options: Any, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command as an officer starts it. No database may be reached: its address leads nowhere."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", name, *map(str, options)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"} | environment,
    )  # fmt: skip


def test_a_plan_is_written_and_keeps_every_rule(tmp_path: Path) -> None:
    data = instance(7)
    source, target = tmp_path / "P.json", tmp_path / "OUT.json"
    source.write_text(json.dumps(data))
    done = run("assign_experts", "--problem", source, "--plan", target)
    assert (done.returncode, done.stderr) == (0, "")
    plan = json.loads(target.read_text())
    assert sorted(plan) == ["assignments", "inputs_sha256", "objective", "seed", "shortages", "worst"]
    assert faults(data, plan["assignments"]) == []
    score = {(p, e): value for p, e, value in data["affinity"]}
    panels = {
        p: sum(score.get((q, e), 0) for q, e in plan["assignments"] if q == p) for p in range(len(data["proposals"]))
    }
    assert plan["objective"] == pytest.approx(sum(panels.values()), abs=1e-9)
    assert plan["worst"] == pytest.approx(min(panels.values()), abs=1e-9)
    missing = {f"p{p}": one["experts_needed"] for p, one in enumerate(data["proposals"])}
    for p, _e in plan["assignments"]:
        missing[f"p{p}"] -= 1
    assert {one["proposal"]: one["missing"] for one in plan["shortages"]} == {p: n for p, n in missing.items() if n}


def test_a_malformed_problem_ends_with_2_a_message_and_no_file(tmp_path: Path) -> None:
    source, target = tmp_path / "P.json", tmp_path / "OUT.json"
    source.write_text(json.dumps(instance(7) | {"affinity": [[0, 99, 0.5]]}))
    done = run("assign_experts", "--problem", source, "--plan", target)
    assert (done.returncode, sorted(tmp_path.iterdir())) == (2, [source])
    assert "affinity[0]: expert 99 is not a position from 0 to" in done.stderr


def test_what_lacks_is_told_on_the_screen(tmp_path: Path) -> None:
    house = {"institution": None, "region": None}
    data = {
        "experts": [{"id": "甲", "max_load": 9, "min_load": 2, **house}],
        "proposals": [
            {"id": f"P{at}", "experts_needed": 1, "institution": None, "home_region": None} for at in range(60)
        ],
        "affinity": [[0, 0, 0.5]], "conflicts": [], "forced": [], "rules": {}, "mode": "fair",
    }  # fmt: skip
    source = tmp_path / "P.json"
    source.write_text(json.dumps(data))
    lines = run("assign_experts", "--problem", source, "--plan", tmp_path / "OUT.json").stdout.splitlines()
    assert lines[:2] == ["1 seats, objective 0.5, worst 0.0", "P1: 1 seats short (affinity)"]
    assert lines[50:] == ["P50: 1 seats short (affinity)", "… and 9 more", "甲: 1 below min_load"]


def test_a_plan_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    source = tmp_path / "P.json"
    source.write_text(json.dumps(instance(7)))
    done = run("assign_experts", "--problem", source, "--plan", tmp_path / "none" / "OUT.json")
    assert (done.returncode, "none" in done.stderr) == (2, True)
