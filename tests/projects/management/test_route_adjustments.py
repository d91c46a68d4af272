from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.projects.channel.cases import line, written

FREE = json.dumps(written(line("operating.travel", -1), line("labour.staff", 1), id="free"))
EQUIPMENT = json.dumps(written(line("equipment.purchase", 1), line("labour.staff", -1), id="equipment"))


def test_every_case_is_answered_in_its_place(tmp_path: Path) -> None:
    cases, out, said = tmp_path / "C.jsonl", tmp_path / "OUT.jsonl", StringIO()
    cases.write_text(f"{FREE}\n{EQUIPMENT}\n", encoding="utf-8")

    call_command("route_adjustments", "--cases", str(cases), "--routes", str(out), stdout=said)

    answers = [json.loads(one) for one in out.read_text("utf-8").splitlines()]
    assert [(one["id"], one["route"]) for one in answers] == [("free", "recorded"), ("equipment", "organisation")]
    assert said.getvalue() == "answered 2, refused 0\n"


def test_a_malformed_line_is_refused_by_number_and_the_rest_is_answered(tmp_path: Path) -> None:
    cases, out = tmp_path / "C.jsonl", tmp_path / "OUT.jsonl"
    cases.write_text(f"{FREE}\nnonsense\n{EQUIPMENT}\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"^line 2: not JSON: ") as refused:
        call_command("route_adjustments", "--cases", str(cases), "--routes", str(out), stdout=StringIO())

    assert refused.value.returncode == 3
    assert [json.loads(one)["id"] for one in out.read_text("utf-8").splitlines()] == ["free", "equipment"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path, content: bytes | None) -> None:
    cases, out = tmp_path / "C.jsonl", tmp_path / "OUT.jsonl"
    out.write_text("earlier", encoding="utf-8")
    if content is not None:
        cases.write_bytes(content)

    with pytest.raises(CommandError, match=r"^Nothing was written\. ") as refused:
        call_command("route_adjustments", "--cases", str(cases), "--routes", str(out), stdout=StringIO())

    assert refused.value.returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir() if path != cases) == ["OUT.jsonl"]
    assert out.read_text("utf-8") == "earlier"
