from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.experts.management.commands.test_assign_experts import run

EXPERTS = '{"id": "甲", "text": "草原生态修复\\n牧草育种"}\n\n{"id": 2, "text": "稀土永磁材料制备"}\n'
PROPOSALS = '{"id": "申报一", "text": "稀土永磁电机"}\n{"id": "申报二", "text": "none"}\n'


def matched(folder: Path, experts: str, proposals: str, top: int = 3) -> tuple[int, str]:
    (folder / "E.jsonl").write_text(experts)
    (folder / "P.jsonl").write_text(proposals)
    done = run(
        "match_experts", "--experts", folder / "E.jsonl", "--proposals", folder / "P.jsonl",
        "--top", top, "--matches", folder / "OUT.jsonl",
    )  # fmt: skip
    return done.returncode, done.stderr


def test_the_best_experts_are_written_with_scores_and_words(tmp_path: Path) -> None:
    assert matched(tmp_path, EXPERTS, PROPOSALS) == (0, "")
    rows = [json.loads(line) for line in (tmp_path / "OUT.jsonl").read_text().splitlines()]
    assert [row["proposal"] for row in rows] == ["申报一", "申报二"]
    assert [(one["expert"], one["words"]) for one in rows[0]["experts"]] == [(2, ["稀土永磁"])]
    assert 0 < rows[0]["experts"][0]["score"] < 2
    assert rows[1]["experts"] == []


@pytest.mark.parametrize(
    ("experts", "top", "message"),
    [
        ("{", 3, "line 1: is not JSON"),
        ("[]\n", 3, "line 1: must be an object with id and text"),
        ('{"text": "x"}\n', 3, "line 1: id must be a text or a whole number"),
        ('\n{"id": 1, "text": 5}\n', 3, "line 2: text must be a text"),
        ('{"id": 1, "text": ""}\n{"id": 1, "text": ""}\n', 3, "line 2: id 1 stands in line 1 already"),
        ('{"id": 1, "id": 2, "text": ""}\n', 3, "line 1: the key 'id' stands twice in one object"),
        (EXPERTS, 0, "top: must be a whole number from 1 up"),
    ],
)
def test_a_malformed_line_ends_with_2_a_message_and_no_file(
    tmp_path: Path, experts: str, top: int, message: str
) -> None:
    code, told = matched(tmp_path, experts, PROPOSALS, top)
    assert (code, message in told, (tmp_path / "OUT.jsonl").exists()) == (2, True, False)
