from __future__ import annotations

import json
from typing import Any

import pytest

from projects.channel.batch import Malformed, routes
from tests.projects.channel.cases import line, written


def answer(text: str) -> Any:
    (one,) = routes([text])
    return one


FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("no date", {"date": None}, "date: a day is written as YYYY-MM-DD"),
    ("a day that is none", {"date": "2025-02-30"}, "date: day is out of range for month"),
    ("ends before it starts", {"project_end": "2023-12-31"}, "project_end lies before project_start"),
    (
        "a negative count",
        {"earlier_adjustments": -1},
        "earlier_adjustments: Input should be greater than or equal to 0",
    ),
    ("a count as text", {"earlier_adjustments": "1"}, "earlier_adjustments: Input should be a valid integer"),
    ("no policy", {"policy": {}}, "policy.equipment_decrease: Field required"),
    (
        "a misspelt limit",
        {"policy": {"equipment_decrease": "investigator", "max_adjustment": 1}},
        "policy.max_adjustment: Extra inputs are not permitted",
    ),
    ("an unknown category", {"lines": [line("equipment", 1)]}, "lines.0.category: unknown category 'equipment'"),
    (
        "half a fen",
        {"lines": [line("labour.staff", "0.005")]},
        "lines.0.change: an amount has at most two decimals: the fen",
    ),
    ("a word", {"lines": [line("labour.staff", "many")]}, "lines.0.change: 'many' is not an amount in yuan"),
    ("a truth value", {"lines": [line("labour.staff", True)]}, "lines.0.change: an amount in yuan is a number"),
    ("not a number", {"lines": [line("labour.staff", float("nan"))]}, "lines.0.change: an amount in yuan is a number"),
    (
        "approved below zero",
        {"lines": [line("labour.staff", 0) | {"approved": -1}]},
        "lines.0.approved: Input should be greater than or equal to 0",
    ),
    (
        "no topic",
        {"lines": [line("labour.staff", 0) | {"topic": None}]},
        "lines.0.topic: Input should be a valid string",
    ),
]


@pytest.mark.parametrize(("name", "fields", "message"), FAULTS, ids=[one[0] for one in FAULTS])
def test_a_malformed_case_names_its_field(name: str, fields: dict[str, Any], message: str) -> None:
    assert answer(json.dumps(written(**fields))) == Malformed(1, (message,))


@pytest.mark.parametrize("text", ["{", "nonsense", '{"id": 1', "[" * 100_000])
def test_what_is_not_json_says_so(text: str) -> None:
    fault = answer(text)

    assert isinstance(fault, Malformed)
    assert str(fault).startswith("line 1: not JSON: ")


def test_numbers_are_read_to_the_fen_and_never_as_floats() -> None:
    lines = [line("labour.staff", "-0.30"), line("operating.travel", 0.1), line("operating.materials", 0.2)]

    assert answer(json.dumps(written(*lines)))["route"] == "recorded"


def test_an_answer_has_every_part_and_the_id_as_it_came() -> None:
    asked = written(line("operating.travel", -1), line("labour.staff", 1), id=7)

    assert answer(json.dumps(asked)) == {
        "id": 7,
        "route": "recorded",
        "second_signature": False,
        "rules": ["direct_lines_move"],
        "documents": ["国办发〔2021〕32号"],
        "because": "业务费与劳务费由项目负责人自主安排。",
    }


def test_empty_lines_are_passed_over_and_numbers_stay() -> None:
    found = list(routes(["", "\n", "x"]))

    assert [one.number for one in found if isinstance(one, Malformed)] == [3]
    assert len(found) == 1
