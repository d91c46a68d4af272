"""The rules of acceptance as rows: by when it is filed, who organises it, what becomes of money that is left."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from projects.definitions.form import Part
from projects.enums import Organiser

ROWS = Path(__file__).resolve().parent.parent / "reference" / "acceptance_rules.json"
Use = Literal["kept", "returned"]


class OrganiserRule(Part):
    """Grants of up to this much (yuan, included; None: of any size) are accepted under this organiser."""

    up_to: Decimal | None
    organiser: Organiser


class SurplusRule(Part):
    """What becomes of fiscal money that is left, by the outcome: the host keeps it, or it is returned."""

    passed: Use
    concluded: Use
    failed: Use


class AcceptanceRules(Part):
    """All rows. `confirmed`: the documents' own text was read.

    months_after_end -- by when it is filed, 0: by the last day of the term
    open_days_before_end -- from when it waits in the inbox
    least_experts -- whom the organiser hears
    appeal_working_days -- for how long the outcome is on public notice and may be appealed against; answer_working_days
        -- by when an appeal is answered
    """

    valid_from: dt.date
    documents: tuple[str, ...]
    confirmed: bool
    months_after_end: NonNegativeInt
    open_days_before_end: PositiveInt
    warn_days: PositiveInt
    after_return_working_days: PositiveInt
    rectify_months: PositiveInt
    appeal_working_days: PositiveInt
    answer_working_days: PositiveInt
    least_experts: PositiveInt
    organisers: tuple[OrganiserRule, ...]
    surplus: SurplusRule

    def organiser(self, grant: Decimal) -> Organiser:
        """Who organises the acceptance of a project with this grant, in yuan: the first row that it fits."""
        return next(row.organiser for row in self.organisers if row.up_to is None or grant <= row.up_to)


@lru_cache
def acceptance_rules() -> AcceptanceRules:
    """The rows as delivered, read once."""
    return AcceptanceRules.model_validate_json(ROWS.read_text("utf-8"))
