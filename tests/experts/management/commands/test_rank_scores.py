from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tests.experts.management.commands.test_assign_experts import run
from tests.experts.ranking.simulated import simulated, spearman


def written(path: Path, seed: int) -> list[float]:
    quality, _generous, scores = simulated(seed, proposals=60, experts=20)
    rows = zip(scores.p.tolist(), scores.e.tolist(), scores.y.tolist(), strict=True)
    path.write_text("proposal,expert,score\n" + "".join(f"p{p},e{e},{y:.3f}\n" for p, e, y in rows))
    return [float(value) for value in quality]


def test_a_ranking_is_written_best_first_with_raw_and_calibrated_scores(tmp_path: Path) -> None:
    quality = written(tmp_path / "S.csv", 1)
    paths = (tmp_path / "OUT.csv", tmp_path / "experts.csv")
    done = run("rank_scores", "--scores", tmp_path / "S.csv", "--ranking", paths[0], "--offsets", paths[1])
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(paths[0].read_text().splitlines()))
    assert list(rows[0]) == [
        "proposal", "raw_mean", "trimmed", "t_score", "ridge", "effect", "low", "high", "expected_rank",
    ]  # fmt: skip
    ranks = [float(row["expected_rank"]) for row in rows]
    assert (ranks, len(rows)) == (sorted(ranks), 60)
    assert all(float(row["low"]) < float(row["effect"]) < float(row["high"]) for row in rows)
    truth = np.array([quality[int(row["proposal"][1:])] for row in rows])
    assert spearman(truth, -np.array(ranks)) > 0.9
    assert len(list(csv.DictReader(paths[1].read_text().splitlines()))) == 20


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("proposal,expert,score\na,x,1\nb,y,2\n", "component 1: 1 proposals: a\ncomponent 2: 1 proposals: b"),
        ("proposal,expert,score\na,x,good\n", "line 2: score 'good' is not a number"),
    ],
)
def test_what_cannot_be_ranked_ends_with_2_and_no_file(tmp_path: Path, text: str, message: str) -> None:
    source = tmp_path / "S.csv"
    source.write_text(text)
    done = run("rank_scores", "--scores", source, "--ranking", tmp_path / "OUT.csv")
    assert (done.returncode, sorted(tmp_path.iterdir())) == (2, [source])
    assert message in done.stderr
