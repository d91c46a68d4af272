"""The rows by which a list of a finance system is read: names of columns, categories and sources."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import model_validator

from projects.definitions.budget import budget_rules
from projects.definitions.form import Part

ROWS = Path(__file__).resolve().parent.parent / "reference" / "spending_rules.json"
Names = dict[str, tuple[str, ...]]


class SpendingRules(Part):
    """All rows; every name stands for one thing.

    heads -- the key of a column by its names; required -- keys without which a list cannot be read; totals -- how a
    row of sums begins, which is left out; categories, sources -- what a cell may say for each.
    """

    heads: Names
    required: tuple[str, ...]
    totals: tuple[str, ...]
    categories: Names
    sources: Names

    @model_validator(mode="after")
    def _names_are_told_apart(self) -> SpendingRules:
        for names in (self.heads, self.categories, self.sources):
            flat = [name for row in names.values() for name in row]
            if len(set(flat)) < len(flat):
                raise ValueError("a name stands for two things")
        if set(self.categories) != set(budget_rules().codes):
            raise ValueError("the categories are not those of the budget")
        return self


@lru_cache
def spending_rules() -> SpendingRules:
    """The rows as delivered, read once."""
    return SpendingRules.model_validate_json(ROWS.read_text("utf-8"))
