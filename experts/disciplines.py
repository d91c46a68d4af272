"""Disciplines of GB/T 13745-2009 (学科分类与代码): the codes and names of the first level.

A deeper code (five or seven digits) is kept as it was given and shown with the name of its first level. A department
with names of its own puts a JSON object of codes and names into the file of `settings.DISCIPLINES_FILE`.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
FIRST_LEVEL = Path(__file__).parent / "reference" / "disciplines.json"


@functools.cache
def names() -> dict[str, str]:
    """Every known code with its name, in the order of the codes."""
    found: dict[str, str] = json.loads(FIRST_LEVEL.read_text(encoding="utf-8"))
    if settings.DISCIPLINES_FILE:
        found |= json.loads(Path(settings.DISCIPLINES_FILE).read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def is_code(text: str) -> bool:
    """Whether `text` is a code below a known discipline of the first level."""
    return bool(CODE.fullmatch(text)) and text[:3] in names()


def code_of(text: str) -> str:
    """The code that `text` states: a code, a name, or both (“520 …”); "" for none."""
    first = text.strip().split(" ")[0].replace(".", "").replace("·", "")
    if is_code(first):
        return first
    return next((code for code, name in names().items() if name == text.strip()), "")


def label(code: str) -> str:
    """The code with the name of its deepest known level."""
    known = names()
    name = next((known[code[:size]] for size in (7, 5, 3) if code[:size] in known), "")
    return f"{code} {name}".strip()


def labels(codes: Sequence[str]) -> list[str]:
    """Each code with its name."""
    return [label(code) for code in codes]


def first_level() -> list[tuple[str, str]]:
    """The choices of the first level."""
    return [(code, label(code)) for code in names() if len(code) == len("110")]
