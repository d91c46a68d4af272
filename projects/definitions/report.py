"""The rules of reports as rows: when a project owes one, by when, and what follows when it does not come."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path

from pydantic import Field, NonNegativeInt, PositiveInt

from projects.definitions.form import Part

ROWS = Path(__file__).resolve().parent.parent / "reference" / "report_rules.json"


class AnnualRule(Part):
    """An annual report is due on this day of each year in which the project has run `least_months` by then."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=28 + 3)
    least_months: NonNegativeInt


class MidtermRule(Part):
    """A mid-term check is due after this part of the term, for projects of at least `least_months`."""

    least_months: PositiveInt
    percent_of_term: int = Field(ge=1, le=99)


class ReportRules(Part):
    """All rows. `confirmed`: the documents' own text was read.

    points_lost -- at the final evaluation, at most; bars_next_year -- without a reason the host may not apply in the
    next year; credit_record -- it is written into the credit record. 0 and false: no such consequence.
    """

    valid_from: dt.date
    documents: tuple[str, ...]
    confirmed: bool
    annual: AnnualRule
    midterm: MidtermRule
    warn_days: PositiveInt
    after_return_working_days: PositiveInt
    points_lost: NonNegativeInt
    bars_next_year: bool
    credit_record: bool


@lru_cache
def report_rules() -> ReportRules:
    """The rows as delivered, read once."""
    return ReportRules.model_validate_json(ROWS.read_text("utf-8"))
