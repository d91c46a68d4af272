"""A problem from its JSON file. Every fault is told by the entry it stands in; nothing is guessed.

What the numbers mean and which limits hold is said in docs/operator/draw.md.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from experts.draw.entries import MOST, FaultError, column, identifier, is_name, known, members, number, optional
from experts.draw.problem import NONE, Ints, Mask, Pairs, Problem, count, integers
from experts.draw.triples import pairs_of, triples_of

MODES = ("best", "fair", "drawn")
DEFAULT_CAP, LEAST_CAP = 0.75, 0.001
MOST_EVEN = 1_000
OTHER_RULES = ("even_load", "least_of_kind")
# What seats that are taken already may not pass either: there is no way to solve the rest.
HARD = ("experts_needed", "max_load")


def read(path: Path) -> tuple[Problem, str]:
    """The problem in `path`, and the SHA-256 of the file in hex. Raises FaultError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FaultError(f"{path}: cannot be read: {error.strerror}") from error
    return problem_of(raw), hashlib.sha256(raw).hexdigest()


def problem_of(raw: bytes) -> Problem:
    """The problem in the bytes of a file. Raises FaultError."""
    collecting = gc.isenabled()
    gc.disable()  # half a million short lists and not one cycle: collecting would double the time
    try:
        return parse(_loaded(raw))
    finally:
        if collecting:
            gc.enable()


def _loaded(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=members)
    except UnicodeDecodeError as error:
        raise FaultError(f"the file is not UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise FaultError(f"the file is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except FaultError:
        raise
    except ValueError as error:
        raise FaultError(f"the file is not JSON that can be read: {error}") from error
    except RecursionError as error:
        raise FaultError("the file is nested too deeply") from error


def _refuse(name: str) -> NoReturn:
    raise FaultError(f"the file holds {name}, which is not a JSON number: give a finite score")


def parse(data: Any) -> Problem:
    """The problem that decoded JSON describes. Raises FaultError."""
    if not isinstance(data, dict):
        raise FaultError("the problem must be an object with experts, proposals, affinity, mode")
    experts, proposals = known(data, "experts", list), known(data, "proposals", list)
    codes: dict[Any, int] = {}
    people = _experts(experts, codes)
    rules = _rules(optional(data, "rules", dict, {}))
    mode = known(data, "mode", str)
    if mode not in MODES:
        raise FaultError(f"mode: {mode!r} is none of {', '.join(MODES)}")
    seats = _proposals(proposals, codes)
    sizes = (len(proposals), len(experts))
    p, e, score = triples_of(known(data, "affinity", list), sizes)
    conflicts = pairs_of(optional(data, "conflicts", list, []), "conflicts", sizes)
    forced = pairs_of(optional(data, "forced", list, []), "forced", sizes)
    seated = pairs_of(optional(data, "seated", list, []), "seated", sizes)
    fixed = np.concatenate([seated, np.setdiff1d(forced, seated)])
    width = max(1, len(experts))
    shut = np.setdiff1d(conflicts, seated)
    _check_forced(data, np.setdiff1d(forced, seated), shut, (seats["institution"], people["institution"]))
    keys, scores = _with_forced(p * width + e, score, fixed)
    bad = np.isin(keys, shut) | _same(keys, width, seats["institution"], people["institution"])
    bad &= ~np.isin(keys, seated)
    problem = Problem(
        proposals=seats["id"], experts=people["id"], need=seats["need"], home=seats["home"],
        most=np.minimum(people["most"], len(proposals)), least=np.minimum(people["least"], len(proposals)),
        institution=people["institution"], region=people["region"],
        pairs=Pairs(keys[~bad] // width, keys[~bad] % width, scores[~bad]), forced=np.isin(keys[~bad], fixed),
        listed=count(keys // width, len(proposals)), per_institution=rules[0], per_home=rules[1],
        mode=mode, cap=_cap(data, mode), even=rules[2], started=people["load"],
        kinds=_kinds(experts, optional(data, "rules", dict, {}).get("least_of_kind"), mode), seed=_seed(data),
    )  # fmt: skip
    _check_room(problem, data, {"seated": seated, "forced": forced}, people["most"])
    return problem


def _experts(rows: list[Any], codes: dict[Any, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": identifier(rows, "experts"),
        "institution": _coded(column(rows, "experts", "institution"), codes, "institution", "experts"),
        "region": _coded(column(rows, "experts", "region"), codes, "region", "experts"),
        "most": integers(number(rows, "experts", "max_load")),
        "least": integers(number(rows, "experts", "min_load", default=0)),
        "load": integers(number(rows, "experts", "load", default=0)),
    }
    over = np.flatnonzero(np.greater(found["least"], found["most"]))
    if len(over):
        raise FaultError(f"experts[{over[0]}]: min_load is greater than max_load")
    return found


def _proposals(rows: list[Any], codes: dict[Any, int]) -> dict[str, Any]:
    return {
        "id": identifier(rows, "proposals"),
        "institution": _coded(column(rows, "proposals", "institution"), codes, "institution", "proposals"),
        "home": _coded(column(rows, "proposals", "home_region"), codes, "region", "proposals"),
        "need": integers(number(rows, "proposals", "experts_needed")),
    }


def _coded(values: list[Any], codes: dict[Any, int], kind: str, where: str) -> Ints:
    """Numbers for the names of institutions or regions; NONE for null and for an empty name."""
    for at, value in enumerate(values):
        if value is not None and (isinstance(value, bool) or not isinstance(value, (str, int))):
            raise FaultError(f"{where}[{at}]: {kind} must be a name, a whole number or null")
    return integers(
        [NONE if value in (None, "") else codes.setdefault((kind, value), len(codes)) for value in values],
    )


def _rules(rules: dict[str, Any]) -> tuple[int | None, int | None, float]:
    least = {"max_per_institution": 1, "max_home_region": 0}
    for name, value in rules.items():
        if name in OTHER_RULES:
            continue
        if name not in least:
            raise FaultError(f"rules: {name!r} is not a rule; there are {', '.join([*least, *OTHER_RULES])}")
        if value is not None and not _is_count(value, least[name]):
            raise FaultError(f"rules: {name} must be a whole number from {least[name]} to {MOST}, or null")
    return rules.get("max_per_institution"), rules.get("max_home_region"), _even(rules.get("even_load"))


def _is_count(value: Any, least: int) -> bool:
    return not isinstance(value, bool) and isinstance(value, int) and least <= value <= MOST


def _even(value: Any) -> float:
    """The price of a further review; nothing where it is not asked for."""
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MOST_EVEN:
        raise FaultError(f"rules: even_load must be a number from 0 to {MOST_EVEN}, or null")
    return float(value)


def _kinds(experts: list[Any], least: Any, mode: str) -> dict[str, tuple[int, Mask]]:
    """How many of each kind a panel must have at least, and the experts of the kind."""
    if not least:
        return {}
    if not isinstance(least, dict):
        raise FaultError("rules: least_of_kind must be an object of kinds and numbers, or null")
    if mode != "best":
        raise FaultError(f"rules: least_of_kind goes with mode best only, not with {mode}")
    own = [_texts(row, at) for at, row in enumerate(experts)]
    for kind, seats in least.items():
        if not _is_count(seats, 0):
            raise FaultError(f"rules: least_of_kind: {kind!r} must be a whole number from 0 to {MOST}")
    return {kind: (seats, np.array([kind in one for one in own], dtype=bool)) for kind, seats in least.items()}


def _texts(row: dict[str, Any], at: int) -> list[str]:
    value = row.get("kinds", [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise FaultError(f"experts[{at}]: kinds must be a list of texts")
    return value


def _cap(data: dict[str, Any], mode: str) -> float:
    """The cap of the drawn mode; 1, which is none, in the other modes."""
    value = data.get("probability_cap")
    value = DEFAULT_CAP if value is None else value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not LEAST_CAP <= value <= 1:
        raise FaultError(f"probability_cap: must be a number from {LEAST_CAP} to 1")
    return float(value) if mode == "drawn" else 1.0


def _seed(data: dict[str, Any]) -> str | int | None:
    seed = data.get("seed")
    if seed is not None and not is_name(seed):
        raise FaultError("seed: must be a text or a whole number")
    return seed


def _with_forced(keys: Ints, score: Any, forced: Ints) -> tuple[Ints, Any]:
    """Pairs sorted by key, with a score of 0 for forced pairs that the affinity does not list."""
    order = np.argsort(keys, kind="stable")
    keys, score = keys[order], score[order]
    wanted = np.unique(forced)
    # Sorted keys are searched: numpy's set functions would hash all half million of them.
    extra = wanted[np.searchsorted(keys, wanted, "left") == np.searchsorted(keys, wanted, "right")]
    if not len(extra):
        return keys, score
    at = np.searchsorted(keys, extra)
    return np.insert(keys, at, extra), np.insert(score, at, 0.0)


def _same(keys: Ints, width: int, proposals: Ints, experts: Ints) -> Mask:
    """Pairs of one institution."""
    own = proposals[keys // width] if len(keys) else keys
    return np.asarray((own != NONE) & (own == experts[keys % width]) if len(keys) else np.zeros(0, bool))


def _check_forced(data: dict[str, Any], forced: Ints, shut: Ints, institutions: tuple[Ints, Ints]) -> None:
    """No forced pair is in conflict."""
    width = max(1, len(institutions[1]))
    for key in forced[np.isin(forced, shut)][:1]:
        raise FaultError(f"{_entry(data, 'forced', int(key), width)} is a conflict too")
    for key in forced[_same(forced, width, *institutions)][:1]:
        raise FaultError(f"{_entry(data, 'forced', int(key), width)} is of one institution")


def _entry(data: dict[str, Any], name: str, key: int, width: int) -> str:
    """A pair and the place in the file where it stands first."""
    pair = divmod(key, width)
    return f"{name}[{data[name].index(list(pair))}]: the pair {pair}"


def _check_room(problem: Problem, data: dict[str, Any], lists: dict[str, Ints], most: Ints) -> None:
    """Every forced pair must fit with those before it into seats, loads and rules; a seated one into the first two."""
    taken: Counter[tuple[str, int, int]] = Counter()
    width = max(1, len(problem.experts))
    seen: set[int] = set()
    for name, keys in lists.items():
        for key in keys.tolist():
            if key in seen:
                continue
            seen.add(key)
            for rule, own, limit in _limits(problem, divmod(key, width), most):
                taken[(rule, *own)] += 1
                if taken[(rule, *own)] > limit and (name == "forced" or rule in HARD):
                    place = _entry(data, name, key, width)
                    raise FaultError(f"{place} breaks {rule} = {limit} with the {name} pairs before")


def _limits(problem: Problem, pair: tuple[int, int], most: Ints) -> list[tuple[str, tuple[int, int], int]]:
    """What a pair takes of: the rule, whose room it is, how much there is."""
    p, e = pair
    limits = [("experts_needed", (p, 0), int(problem.need[p])), ("max_load", (e, 0), int(most[e]))]
    if problem.per_institution is not None and problem.institution[e] != NONE:
        limits.append(("max_per_institution", (p, int(problem.institution[e])), problem.per_institution))
    if problem.per_home is not None and problem.home[p] != NONE and problem.home[p] == problem.region[e]:
        limits.append(("max_home_region", (p, 0), problem.per_home))
    return limits
