"""Texts of experts and proposals from JSON lines, matches to JSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experts.affinity.affinity import Pool
from experts.draw.entries import FaultError, is_name, members
from experts.draw.writing import as_text, ready, write


@dataclass(frozen=True)
class Text:
    """One line: an id and its text."""

    id: str | int
    text: str


def read(path: Path) -> list[Text]:
    """The lines `{"id", "text"}` of a file; empty lines are skipped. Raises FaultError."""
    try:
        raw = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FaultError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FaultError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    seen: dict[str | int, int] = {}
    found = []
    for number, line in enumerate(raw.split("\n"), 1):
        if not line.strip():
            continue
        one = _text(line, f"{path}, line {number}")
        if one.id in seen:
            raise FaultError(f"{path}, line {number}: id {one.id!r} stands in line {seen[one.id]} already")
        seen[one.id] = number
        found.append(one)
    return found


def _text(line: str, where: str) -> Text:
    try:
        row = json.loads(line, object_pairs_hook=members)
    except FaultError as error:
        raise FaultError(f"{where}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise FaultError(f"{where}: is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise FaultError(f"{where}: must be an object with id and text")
    if not is_name(row.get("id")):
        raise FaultError(f"{where}: id must be a text or a whole number")
    if not isinstance(row.get("text"), str):
        raise FaultError(f"{where}: text must be a text")
    return Text(row["id"], row["text"])


def works(text: str) -> list[str]:
    """The works in an expert's text: one per line."""
    return [line for line in text.splitlines() if line.strip()] or [""]


def match(experts: Path, proposals: Path, top: int, target: Path) -> str:
    """Write for each proposal its `top` experts with scores and words; one line on what came out. Raises FaultError."""
    if top < 1:
        raise FaultError("top: must be a whole number from 1 up")
    ready(target, experts, proposals)
    people, asked = read(experts), read(proposals)
    pool = Pool([works(one.text) for one in people])
    rows: list[dict[str, Any]] = [
        {"proposal": one.id, "experts": [
            {"expert": people[each.expert].id, "score": each.score, "words": each.words} for each in found
        ]} for one, found in zip(asked, pool.match([one.text for one in asked], top), strict=True)
    ]  # fmt: skip
    write(target, [as_text(row) for row in rows])
    alone = sum(not row["experts"] for row in rows)
    return f"{len(rows)} proposals, {len(people)} experts; {alone} proposals have nothing in common with anybody"
