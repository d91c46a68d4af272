"""The rule rows of the green channel: which condition leads to whom, under which documents."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from django.utils import timezone
from pydantic import PositiveInt, field_validator, model_validator

from projects.channel.conditions import CONDITIONS
from projects.definitions.budget import Tier
from projects.definitions.form import Part
from projects.definitions.versions import Version, Versions, read_versions
from projects.enums import AdjustmentRoute


class Rule(Part):
    """One row. `code` names the condition; `confirmed`: the documents' own text was read."""

    code: str
    route: AdjustmentRoute
    documents: tuple[str, ...]
    confirmed: bool

    @field_validator("code")
    @classmethod
    def _is_a_condition(cls, code: str) -> str:
        if code not in CONDITIONS:
            raise ValueError(f"no condition {code!r}")
        return code


class Clock(Part):
    """How many working days whoever has to decide gets, when they are warned, and what their silence means."""

    route: AdjustmentRoute
    working_days: PositiveInt
    warn_after: PositiveInt
    silence: Literal["escalate", "consent"]
    confirmed: bool


class ChannelRules(Version):
    """One version of the rows, with the progressive ceiling of the indirect costs they measure against."""

    tiers: tuple[Tier, ...]
    clocks: tuple[Clock, ...]
    rules: tuple[Rule, ...]

    def clock(self, route: AdjustmentRoute) -> Clock:
        """The clock of whoever decides on `route`. Raises KeyError for a route on which nobody has to."""
        found = {clock.route: clock for clock in self.clocks}
        return found[route]

    @model_validator(mode="after")
    def _rows_are_told_apart(self) -> ChannelRules:
        codes = [rule.code for rule in self.rules]
        if len(set(codes)) < len(codes):
            raise ValueError("two rows have the same code")
        return self


@lru_cache
def channel_rule_versions() -> Versions[ChannelRules]:
    """All versions, read once."""
    return read_versions("channel_rules", ChannelRules)


def channel_rules(name: str = "") -> ChannelRules:
    """The version called `name`; without a name the one in force today. Raises KeyError for one that is not there."""
    return channel_rule_versions().kept(name, timezone.localdate())
