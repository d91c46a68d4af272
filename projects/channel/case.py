"""One case: the lines of a budget with their changes, the clock, and the policy of the organisation.

Amounts are yuan of fiscal money as Decimal, exact to the fen; days are dates of the department's calendar.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr, model_validator

from projects.definitions.budget import budget_rules

FEN = Decimal("0.01")


def _amount(value: Any) -> Any:
    """A number, or a number written as text; no float, no truth value, no fraction of a fen."""
    if isinstance(value, bool | float) or not isinstance(value, int | str | Decimal):
        raise ValueError("an amount in yuan is a number")  # noqa: TRY004 - pydantic collects ValueError
    try:
        amount = Decimal(value)
        in_fen = amount.quantize(FEN)
    except InvalidOperation as fault:
        raise ValueError(f"{str(value)[:40]!r} is not an amount in yuan") from fault
    if amount != in_fen:
        raise ValueError("an amount has at most two decimals: the fen")
    return in_fen


def _category(value: Any) -> Any:
    if value not in budget_rules().codes:
        raise ValueError(f"unknown category {value!r}")
    return value


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("a day is written as YYYY-MM-DD")  # noqa: TRY004 - pydantic collects ValueError
    return dt.date.fromisoformat(value)


Amount = Annotated[Decimal, BeforeValidator(_amount), Field(allow_inf_nan=False, max_digits=20)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Label = Annotated[str, Field(strict=True, max_length=200)]
Grade = Literal["A", "B", "C", "D"]
Count = Annotated[int, Field(strict=True, ge=0)]


class Line(BaseModel):
    """A line of the budget: what is approved today and by how much it shall change (yuan).

    topic, organisation -- labels of the sub-project and of the participating organisation.
    """

    model_config = ConfigDict(frozen=True)

    category: Annotated[str, BeforeValidator(_category)]
    topic: Label
    organisation: Label
    approved: Annotated[Amount, Field(ge=0)]
    change: Amount

    @property
    def after(self) -> Decimal:
        """What the line holds once the change is applied."""
        return self.approved + self.change


class Policy(BaseModel):
    """What the organisation has ruled for itself; the optional parts hold only where it has ruled them.

    A name that is not known is refused: a misspelt limit would silently be no limit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    equipment_decrease: Literal["investigator", "organisation"]
    second_signature_over: Annotated[Amount, Field(ge=0)] | None = None
    max_adjustments: Count | None = None
    freeze_before_end_days: Count | None = None


class OrganisationStanding(BaseModel):
    """What the department has given the organisation: whether it is a pilot, and its credit grade where it has one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pilot: StrictBool = False
    grade: Grade | None = None


class Case(BaseModel):
    """One change of a budget as it is asked for on `date`; `earlier_adjustments` were made before it.

    standing -- None: nothing is known of the organisation, and no row about organisations holds.
    """

    model_config = ConfigDict(frozen=True)

    id: StrictStr | StrictInt
    date: Day
    project_start: Day
    project_end: Day
    policy: Policy
    earlier_adjustments: Count
    lines: tuple[Line, ...]
    standing: OrganisationStanding | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Case:
        if self.project_end < self.project_start:
            raise ValueError("project_end lies before project_start")
        return self
