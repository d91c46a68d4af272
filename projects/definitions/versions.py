"""Rules that change every few years: each version is a file, a project keeps the version that it began under.

A set of rules lies in `reference/` as `NAME.json`, with earlier or later versions beside it as `NAME.*.json`; a version
is called by the day from which on it holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from projects.definitions.form import Part

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


class Version(Part):
    """One version of a set of rules, in force from `valid_from` on until a later one is."""

    valid_from: dt.date

    @property
    def name(self) -> str:
        """What a project calls it: the first day, as YYYY-MM-DD."""
        return self.valid_from.isoformat()


V = TypeVar("V", bound=Version)


@dataclass(frozen=True)
class Versions(Generic[V]):
    """All versions of one set by their names."""

    rows: Mapping[str, V]

    def in_force(self, on: dt.date) -> V:
        """The version in force on a day; the first one on days before it (records begin later than rules)."""
        begun = [name for name in self.rows if name <= on.isoformat()]
        return self.rows[max(begun) if begun else min(self.rows)]

    def kept(self, name: str, on: dt.date) -> V:
        """The version that a record keeps, for one that keeps none the version in force on `on`. Raises KeyError."""
        return self.rows[name] if name else self.in_force(on)


def read_versions(name: str, kind: type[V], folder: Path = REFERENCE) -> Versions[V]:
    """The versions of the set `name`, read from its files. Raises ValueError when two begin on one day."""
    files = [folder / f"{name}.json", *sorted(folder.glob(f"{name}.*.json"))]
    found = [kind.model_validate_json(file.read_text("utf-8")) for file in files]
    if len({one.valid_from for one in found}) < len(found):
        raise ValueError(f"two versions of {name} begin on the same day")
    return Versions({one.name: one for one in found})
