"""The rules of budgets as rows: schemes of categories, and ceilings of the indirect costs, with their validity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from projects.definitions.form import Part

ROWS = Path(__file__).resolve().parent.parent / "reference" / "budget_rules.json"


class Category(Part):
    """One line of an itemised budget. `in_base`: counts towards the base of the indirect ceiling."""

    code: str
    group: str
    direct: bool
    in_base: bool


class Tier(Part):
    """One slice: amounts up to `up_to` yuan (None for the rest) give `percent` of that slice."""

    up_to: Decimal | None
    percent: Decimal


class Dated(Part):
    """A row that holds in one span of time. `confirmed`: the document's own text was read."""

    valid_from: dt.date
    valid_to: dt.date | None
    document: str
    confirmed: bool


Row = TypeVar("Row", bound=Dated)


class Scheme(Dated):
    """The categories that a budget may have: those of today, or the eleven direct lines of before 2021 (domain 1.1)."""

    categories: tuple[Category, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The categories in order."""
        return tuple(row.code for row in self.categories)

    @property
    def groups(self) -> dict[str, list[Category]]:
        """The categories by group, in order."""
        found: dict[str, list[Category]] = {}
        for row in self.categories:
            found.setdefault(row.group, []).append(row)
        return found

    def group_of(self, code: str) -> str:
        """The group of a category; the category itself where the scheme does not have it."""
        return next((row.group for row in self.categories if row.code == code), code)


class Ceiling(Dated):
    """The ceiling of the indirect costs."""

    tiers: tuple[Tier, ...]


class EquipmentList(Dated):
    """From how many yuan of bought equipment on each piece is listed."""

    amount: Decimal


class NegativeList(Dated):
    """What a lump sum may never be spent on; what is not on it is free (清单之外无禁区)."""

    items: tuple[str, ...]


class BudgetRules(Part):
    """All rows. `suspicious_above`: an amount in yuan above which 万元 was probably taken for yuan.

    schemes -- the earliest first; joined -- a category of one scheme by the one that holds it in another.
    """

    suspicious_above: Decimal
    schemes: tuple[Scheme, ...]
    joined: dict[str, str]
    ceilings: tuple[Ceiling, ...]
    equipment_lists: tuple[EquipmentList, ...]
    negative_lists: tuple[NegativeList, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The categories of all schemes, each once, those of the latest first."""
        return tuple(dict.fromkeys(code for scheme in reversed(self.schemes) for code in scheme.codes))

    @property
    def in_base(self) -> frozenset[str]:
        """The categories over which the ceiling of the indirect costs is computed."""
        return frozenset(row.code for scheme in self.schemes for row in scheme.categories if row.in_base)

    def scheme_on(self, day: dt.date) -> Scheme:
        """The categories in force on `day`. Raises LookupError when no row covers it."""
        return _on(self.schemes, day)

    def scheme_with(self, codes: Iterable[str]) -> Scheme:
        """The latest scheme that has all of `codes`; the latest of all where none has."""
        asked = set(codes)
        return next((one for one in reversed(self.schemes) if asked <= set(one.codes)), self.schemes[-1])

    def in_scheme(self, code: str, scheme: Scheme) -> str:
        """What `code` of any scheme is called in `scheme`: itself, or what holds it there; "" where nothing does."""
        return next((one for one in (code, self.joined.get(code, "")) if one in scheme.codes), "")

    def ceiling_on(self, day: dt.date) -> Ceiling:
        """The ceiling in force on `day`. Raises LookupError when no row covers it."""
        return _on(self.ceilings, day)

    def equipment_list_on(self, day: dt.date) -> EquipmentList:
        """From what sum on equipment is listed, by the row in force on `day`. Raises LookupError as above."""
        return _on(self.equipment_lists, day)

    def negative_list_on(self, day: dt.date) -> NegativeList:
        """The negative list of lump sums in force on `day`. Raises LookupError as above."""
        return _on(self.negative_lists, day)


def _on(rows: tuple[Row, ...], day: dt.date) -> Row:
    for row in rows:
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            return row
    raise LookupError(f"no rule of budgets on {day}")


@lru_cache
def budget_rules() -> BudgetRules:
    """The rows as delivered, read once."""
    return BudgetRules.model_validate_json(ROWS.read_text("utf-8"))
