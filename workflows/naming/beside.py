"""Words that decide whether two characters are a name; the lists stand in `words/`, separated by blanks."""

from __future__ import annotations

from pathlib import Path


def _words(name: str) -> list[str]:
    return (Path(__file__).parent / "words" / f"{name}.txt").read_text(encoding="utf-8").split()


# Characters that surnames are or begin with.
SURNAMES = frozenset(_words("surnames"))
# Two characters that begin with a surname and are words of proposals: a name only where words beside it say so.
COMMON = frozenset(_words("common"))
# What stands right before a name, and right after one.
BEFORE, AFTER = tuple(_words("before")), tuple(_words("after"))
