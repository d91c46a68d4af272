"""The rules of budgets as rows: categories, and ceilings of the indirect costs with their validity."""

from __future__ import annotations

import datetime as dt
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
    """All rows. `suspicious_above`: an amount in yuan above which 万元 was probably taken for yuan."""

    suspicious_above: Decimal
    categories: tuple[Category, ...]
    ceilings: tuple[Ceiling, ...]
    equipment_lists: tuple[EquipmentList, ...]
    negative_lists: tuple[NegativeList, ...]

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
