from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from experts.draw.entries import FaultError
from experts.draw.reading import parse, read

GOOD: dict[str, Any] = {
    "experts": [
        {"id": "e0", "institution": "a", "region": "n", "max_load": 2, "min_load": 1},
        {"id": "e1", "institution": "a", "region": "n", "max_load": 1},
        {"id": "e2", "institution": None, "region": "", "max_load": 3},
    ],
    "proposals": [
        {"id": "p0", "experts_needed": 2, "institution": "b", "home_region": "n"},
        {"id": "p1", "experts_needed": 1, "institution": "a", "home_region": "s"},
    ],
    "affinity": [[0, 0, 0.5], [0, 1, 0.25], [0, 2, 1], [1, 0, 0.5], [1, 2, 0.5]],
    "conflicts": [[0, 1]],
    "forced": [[0, 2]],
    "rules": {"max_per_institution": 1, "max_home_region": 1},
    "mode": "best",
}


def test_pairs_of_one_institution_are_conflicts_and_unknown_ones_are_not() -> None:
    pairs = parse(GOOD).pairs
    assert list(zip(pairs.p.tolist(), pairs.e.tolist(), strict=True)) == [(0, 0), (0, 2), (1, 2)]


def test_a_forced_pair_needs_no_affinity() -> None:
    data = GOOD | {"affinity": [[0, 0, 0.5]]}
    problem = parse(data)
    assert problem.pairs.score[problem.forced].tolist() == [0.0]


def test_a_seated_pair_stands_whatever_is_against_it() -> None:
    problem = parse(GOOD | {"seated": [[0, 1], [1, 0]], "forced": []})
    fixed = problem.pairs.only(problem.forced)
    assert list(zip(fixed.p.tolist(), fixed.e.tolist(), strict=True)) == [(0, 1), (1, 0)]


def test_kinds_go_with_the_best_mode_and_are_lists_of_texts() -> None:
    data = copy.deepcopy(GOOD) | {"rules": {"least_of_kind": {"law": 1}}}
    data["experts"][1]["kinds"] = ["law"]
    least, members = parse(data).kinds["law"]
    assert (least, members.tolist()) == (1, [False, True, False])
    with pytest.raises(FaultError, match="goes with mode best only, not with fair"):
        parse(data | {"mode": "fair"})
    data["experts"][2]["kinds"] = "law"
    with pytest.raises(FaultError, match=r"experts\[2\]: kinds must be a list of texts"):
        parse(data)


def test_even_loads_and_reviews_elsewhere_are_read() -> None:
    data = copy.deepcopy(GOOD) | {"rules": {"even_load": 0.5}}
    data["experts"][1]["load"] = 3
    problem = parse(data)
    assert problem.started is not None
    assert (problem.even, problem.started.tolist()) == (0.5, [0, 3, 0])


FAULTS: list[tuple[list[Any], Any, str]] = [
    (["experts"], {}, "experts: must be a list"),
    (["experts"], None, "experts: is missing"),
    (["experts", 1], 7, "experts[1]: must be an object"),
    (["experts", 1, "id"], "e0", "experts[1]: id 'e0' stands in experts[0] already"),
    (["experts", 1, "id"], "\ud800", "experts[1]: id must be a text or a whole number"),
    (["experts", 1, "id"], 1.5, "experts[1]: id must be a text or a whole number"),
    (["experts", 1, "institution"], ["a"], "experts[1]: institution must be a name"),
    (["experts", 1, "region"], None, "experts[1]: region is missing"),
    (["experts", 1, "max_load"], -1, "experts[1]: max_load must be a whole number"),
    (["experts", 1, "max_load"], "2", "experts[1]: max_load must be a whole number"),
    (["experts", 1, "max_load"], True, "experts[1]: max_load must be a whole number"),
    (["experts", 0, "min_load"], 5, "experts[0]: min_load is greater than max_load"),
    (["proposals"], None, "proposals: is missing"),
    (["proposals", 0, "experts_needed"], None, "proposals[0]: experts_needed is missing"),
    (["proposals", 0, "experts_needed"], 1.5, "proposals[0]: experts_needed must be a whole number"),
    (["proposals", 1, "home_region"], 1.5, "proposals[1]: region must be a name"),
    (["affinity"], None, "affinity: is missing"),
    (["affinity", 2], [0, 2], "affinity[2]: must be [proposal, expert, score]"),
    (["affinity", 2], "0,2", "affinity[2]: must be [proposal, expert, score]"),
    (["affinity", 2, 0], 2, "affinity[2]: proposal 2 is not a position from 0 to 1"),
    (["affinity", 2, 1], -1, "affinity[2]: expert -1 is not a position from 0 to 2"),
    (["affinity", 2, 1], "e1", "affinity[2]: expert 'e1' is not a position"),
    (["affinity", 2, 1], True, "affinity[2]: expert True is not a position"),
    (["affinity", 2, 1], 1.0, "affinity[2]: expert 1.0 is not a position"),
    (["affinity", 2, 2], "0.5", "affinity[2]: score '0.5' is not a number"),
    (["affinity", 2, 2], None, "affinity[2]: score None is not a number"),
    (["affinity", 2, 2], 10**400, "affinity[2]: score 1"),
    (["affinity", 2, 2], 1e300, "affinity[2]: score 1e+300 is not a number"),
    (["affinity", 3], [0, 0, 0.5], "affinity[3]: the pair (0, 0) stands in affinity[0] already"),
    (["conflicts", 0], [0], "conflicts[0]: must be [proposal, expert]"),
    (["conflicts", 0, 1], 3, "conflicts[0]: expert 3 is not a position from 0 to 2"),
    (["conflicts"], "no", "conflicts: must be a list"),
    (["forced", 0, 0], 2, "forced[0]: proposal 2 is not a position from 0 to 1"),
    (["forced"], [[0, 1]], "forced[0]: the pair (0, 1) is a conflict too"),
    (["forced"], [[1, 0]], "forced[0]: the pair (1, 0) is of one institution"),
    (["forced"], [[0, 2], [0, 2], [0, 1]], "forced[2]: the pair (0, 1) is a conflict too"),
    (["forced"], [[1, 2], [0, 2], [0, 0], [0, 0], [1, 0]], "forced[4]: the pair (1, 0) is of one institution"),
    (["proposals", 0, "experts_needed"], 0, "forced[0]: the pair (0, 2) breaks experts_needed = 0"),
    (["experts", 2, "max_load"], 0, "forced[0]: the pair (0, 2) breaks max_load = 0"),
    (["rules"], [], "rules: must be an object"),
    (["rules", "max_per_institution"], 0, "rules: max_per_institution must be a whole number from 1 to 1000000"),
    (["rules", "max_home_region"], 10**30, "rules: max_home_region must be a whole number from 0 to 1000000"),
    (["rules", "max_home_region"], 1.5, "rules: max_home_region must be a whole number from 0 to 1000000"),
    (["rules", "max_per_instution"], 1, "rules: 'max_per_instution' is not a rule"),
    (["rules", "even_load"], -1, "rules: even_load must be a number from 0 to 1000"),
    (["rules", "even_load"], True, "rules: even_load must be a number from 0 to 1000"),
    (["experts", 1, "load"], -1, "experts[1]: load must be a whole number"),
    (["seated"], [[0, 2], [0, 1], [0, 0]], "seated[2]: the pair (0, 0) breaks experts_needed = 2"),
    (["rules", "least_of_kind"], 1, "rules: least_of_kind must be an object"),
    (["rules", "least_of_kind"], {"law": -1}, "rules: least_of_kind: 'law' must be a whole number from 0 to 1000000"),
    (
        ["rules", "least_of_kind"],
        {"law": 10**30},
        "rules: least_of_kind: 'law' must be a whole number from 0 to 1000000",
    ),
    (["mode"], None, "mode: is missing"),
    (["mode"], "worst", "mode: 'worst' is none of best, fair, drawn"),
    (["probability_cap"], 1.5, "probability_cap: must be a number from 0.001 to 1"),
    (["probability_cap"], "1", "probability_cap: must be a number from 0.001 to 1"),
    (["seed"], [1], "seed: must be a text or a whole number"),
]


@pytest.mark.parametrize(("way", "value", "message"), FAULTS)
def test_every_fault_is_told_by_its_entry(way: list[Any], value: Any, message: str) -> None:
    data: Any = copy.deepcopy(GOOD)
    inner = data
    for step in way[:-1]:
        inner = inner[step]
    if value is None and isinstance(inner, dict):
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    with pytest.raises(FaultError) as refused:
        parse(data)
    assert str(refused.value).startswith(message)


def test_forced_pairs_must_keep_the_panel_rules_together() -> None:
    rules = {"max_per_institution": 1, "max_home_region": 1}
    data = GOOD | {"conflicts": [], "forced": [[0, 0], [0, 1]], "rules": rules}
    with pytest.raises(FaultError, match=r"forced\[1\]: the pair \(0, 1\) breaks max_per_institution = 1"):
        parse(data)
    with pytest.raises(FaultError, match=r"forced\[1\]: the pair \(0, 1\) breaks max_home_region = 1"):
        parse(data | {"rules": {"max_home_region": 1}})


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the file is not JSON: line 1, column 1"),
        (b"[1]", "the problem must be an object"),
        (b'{"experts": [', "the file is not JSON"),
        (b'{"mode": "best", "mode": "fair"}', "the key 'mode' stands twice in one object"),
        (b'{"affinity": [[0, 0, NaN]]}', "the file holds NaN"),
        (b"\xff\xfe", "the file is not UTF-8 text (byte 0)"),
        (b'{"seed": ' + b"9" * 5000 + b"}", "the file is not JSON that can be read"),
        (b"[" * 200_000, "the file is nested too deeply"),
    ],
)
def test_what_is_no_problem_file_is_told(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "P.json"
    path.write_bytes(raw)
    with pytest.raises(FaultError) as refused:
        read(path)
    assert str(refused.value).startswith(message)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultError, match="cannot be read"):
        read(tmp_path / "none.json")


def test_the_fingerprint_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "P.json"
    path.write_text(json.dumps(GOOD))
    assert read(path)[1] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_empty_round_is_a_problem_too() -> None:
    problem = parse({"experts": [], "proposals": [], "affinity": [], "mode": "best"})
    assert (len(problem.pairs), problem.need.tolist()) == (0, [])
