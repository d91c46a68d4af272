"""The rules of contracts as rows: how long each signatory has, and what it means when the time is over."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from django.utils import timezone
from pydantic import Field, PositiveInt

from projects.definitions.form import Part
from projects.definitions.versions import Version, Versions, read_versions


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


class ContractRules(Version):
    """One version of the rows."""

    signing: tuple[Signing, ...] = Field(min_length=1)
    more_time: MoreTime

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
