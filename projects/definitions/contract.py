"""The rules of contracts as rows: how long each signatory has, what its end means, which change takes which way."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from django.utils import timezone
from pydantic import Field, NonNegativeInt, PositiveInt

from projects.definitions.form import Part
from projects.definitions.versions import Version, Versions, read_versions
from projects.enums import ChangeKind, ChangeRoute, ChangeStarter


class Signing(Part):
    """The clock of one signatory, in working days from the turn on.

    silence -- "lapse": when the time of the whole contract is over, it has lapsed; "escalate": it has not, for the
    delay is the department's or an authority's. source -- where the row comes from; confirmed -- its text was read.
    """

    role: str
    working_days: PositiveInt
    warn_after: PositiveInt
    silence: Literal["lapse", "escalate"]
    source: str
    confirmed: bool


class MoreTime(Part):
    """By how many working days at most an officer may move the end of signing, once."""

    working_days: PositiveInt
    source: str
    confirmed: bool


class ChangeRow(Part):
    """One kind of change: who may ask for it, who decides, whether a supplementary contract follows.

    before_end_days -- how many days before the end it has to be asked for; 0 for any time.
    """

    kind: ChangeKind
    starts: tuple[ChangeStarter, ...] = Field(min_length=1)
    route: ChangeRoute
    supplement: bool
    before_end_days: NonNegativeInt
    source: str
    confirmed: bool


class Extension(Part):
    """How often a term can be extended, and by how many months at most."""

    times: PositiveInt
    months: PositiveInt


class StepClock(Part):
    """The clock of one hand that decides on changes, in working days."""

    step: Literal["organisation", "new_host", "authority", "department"]
    working_days: PositiveInt
    warn_after: PositiveInt


class ContractRules(Version):
    """One version of the rows."""

    signing: tuple[Signing, ...] = Field(min_length=1)
    more_time: MoreTime
    changes: tuple[ChangeRow, ...]
    extension: Extension
    clocks: tuple[StepClock, ...]

    def change_of(self, kind: ChangeKind) -> ChangeRow:
        """The row of a kind of change. Raises KeyError for one that the rules do not know."""
        return {row.kind: row for row in self.changes}[kind]

    def clock_of(self, step: str) -> StepClock:
        """The clock of a hand. Raises KeyError."""
        return {str(row.step): row for row in self.clocks}[step]

    def signing_of(self, role: str) -> Signing:
        """The clock of a signatory. Raises KeyError for a role that signs nothing."""
        return {row.role: row for row in self.signing}[role]


@lru_cache
def contract_rule_versions() -> Versions[ContractRules]:
    """All versions, read once."""
    return read_versions("contract_rules", ContractRules)


def contract_rules(name: str = "") -> ContractRules:
    """The version called `name`; without a name the one in force today. Raises KeyError for one that is not there."""
    return contract_rule_versions().kept(name, timezone.localdate())
