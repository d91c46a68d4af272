"""The rule rows of the green channel: which condition leads to whom, under which documents."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

from django.utils import timezone
from pydantic import Field, PositiveInt, field_validator, model_validator

from projects.channel.case import Grade
from projects.channel.conditions import CONDITIONS
from projects.definitions.budget import Tier
from projects.definitions.form import Part
from projects.definitions.versions import Version, Versions, read_versions
from projects.enums import AdjustmentRoute


class Rule(Part):
    """One row. `code` names the condition; `confirmed`: the documents' own text was read.

    over -- the row holds only where more than this is moved, in yuan; None: whatever the amount.
    """

    code: str
    route: AdjustmentRoute
    documents: tuple[str, ...]
    confirmed: bool
    over: Annotated[Decimal, Field(ge=0)] | None = None

    @field_validator("code")
    @classmethod
    def _is_a_condition(cls, code: str) -> str:
        if code not in CONDITIONS:
            raise ValueError(f"no condition {code!r}")
        return code


class StandingRule(Part):
    """One row about organisations: what would go by `route` goes by `becomes` for those it names.

    pilot -- only pilots; grades -- only these credit grades, empty: any or none; most -- only up to this much moved,
    in yuan, None: whatever the amount. A row to a stricter route comes before one to a milder.
    """

    pilot: bool
    grades: tuple[Grade, ...]
    route: AdjustmentRoute
    becomes: AdjustmentRoute
    documents: tuple[str, ...]
    confirmed: bool
    most: Annotated[Decimal, Field(ge=0)] | None = None

    @property
    def code(self) -> str:
        """What a decision calls it: whom it is about, from which route to which."""
        who = ["pilot"] * self.pilot + [f"grade_{'_'.join(self.grades)}"] * bool(self.grades)
        return "_".join([*who, self.route, self.becomes])

    @property
    def narrows(self) -> bool:
        """Whether it leads to somebody stricter."""
        return self.becomes.strictness > self.route.strictness


class Clock(Part):
    """How many working days whoever has to decide gets, when they are warned, and what their silence means."""

    route: AdjustmentRoute
    working_days: PositiveInt
    warn_after: PositiveInt
    silence: Literal["escalate", "consent"]
    confirmed: bool


class ChannelRules(Version):
    """One version: the rows, those about organisations, the progressive ceiling of the indirect costs, the clocks.

    document -- the order that put the version in force; empty for the one that was delivered.
    """

    document: str = ""
    tiers: tuple[Tier, ...]
    clocks: tuple[Clock, ...]
    rules: tuple[Rule, ...]
    standings: tuple[StandingRule, ...] = ()

    def clock(self, route: AdjustmentRoute) -> Clock:
        """The clock of whoever decides on `route`. Raises KeyError for a route on which nobody has to."""
        found = {clock.route: clock for clock in self.clocks}
        return found[route]

    @model_validator(mode="after")
    def _rows_are_told_apart(self) -> ChannelRules:
        keys = [(rule.code, rule.over) for rule in self.rules]
        if len(set(keys)) < len(keys):
            raise ValueError("two rows have the same code")
        return self


@lru_cache
def channel_rule_versions() -> Versions[ChannelRules]:
    """The versions that are delivered, read once; what officers put in force is `projects.queries.channel_versions`."""
    return read_versions("channel_rules", ChannelRules)


def channel_rules(name: str = "") -> ChannelRules:
    """The delivered version called `name`; without a name the one of today. Raises KeyError for one not there."""
    return channel_rule_versions().kept(name, timezone.localdate())
