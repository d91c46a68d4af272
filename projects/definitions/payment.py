"""The rules of payment as rows: into which parts a grant is cut, and by when each is paid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from pydantic import PositiveInt, model_validator

from projects.definitions.form import Part

ROWS = Path(__file__).resolve().parent.parent / "reference" / "payment_rules.json"
WHOLE = Decimal(100)


class PaymentPlan(Part):
    """The shares, in percent, for projects with up to `most_milestones` (None for the rest).

    The first share waits for the signed contract, each further one for a milestone.
    """

    most_milestones: PositiveInt | None
    shares: tuple[Decimal, ...]

    @model_validator(mode="after")
    def _whole(self) -> PaymentPlan:
        if sum(self.shares) != WHOLE:
            raise ValueError("the shares of a plan of payments add up to 100")
        return self


class PaymentRules(Part):
    """All rows. `confirmed`: the documents' own text was read.

    first_within_days -- after the last signature; after_milestone_days -- after the milestone is due.
    """

    valid_from: dt.date
    documents: tuple[str, ...]
    confirmed: bool
    first_within_days: PositiveInt
    after_milestone_days: PositiveInt
    plans: tuple[PaymentPlan, ...]

    def plan_for(self, milestones: int) -> PaymentPlan:
        """The plan of a project with so many milestones. Raises LookupError when no row covers it."""
        for row in self.plans:
            if row.most_milestones is None or milestones <= row.most_milestones:
                return row
        raise LookupError(f"no plan of payments for {milestones} milestones")


@lru_cache
def payment_rules() -> PaymentRules:
    """The rows as delivered, read once."""
    return PaymentRules.model_validate_json(ROWS.read_text("utf-8"))
