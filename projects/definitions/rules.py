"""Eligibility rules of a call: small typed rows, each with its consequence and the document it follows."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field, TypeAdapter

from projects.definitions.form import Identifier, Part


class Subject(StrEnum):
    """What a rule looks at. Each has one reader in `projects.checks`."""

    APPLICANT_AGE = "applicant.age"
    APPLICANT_TITLE = "applicant.title"
    APPLICANT_DEGREE = "applicant.degree"
    APPLICANT_TITLE_OR_DEGREE = "applicant.title_or_degree"
    APPLICANT_LEADING = "applicant.leading"
    APPLICANT_TOTAL = "applicant.total"
    MEMBER_TOTAL = "member.total"
    ORGANISATION_KIND = "organisation.kind"
    ORGANISATION_AGE = "organisation.age"
    ORGANISATION_REGION = "organisation.region"
    ORGANISATION_VERIFIED = "organisation.verified"
    OWN_RATIO = "budget.own_ratio"
    MOST_AMOUNT = "budget.most_amount"
    TEAM_SIZE = "team.size"
    OVERDUE_ACCEPTANCES = "acceptance.overdue"


class Comparison(StrEnum):
    """How the value read is compared with the rule's."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ONE_OF = "one_of"
    NOT_ONE_OF = "not_one_of"
    IS = "is"


class Consequence(StrEnum):
    """What follows when the rule does not hold."""

    BLOCK = "block"
    WARN = "warn"


class Rule(Part):
    """One row. `on` is the date the value is taken at (ISO), empty for the filing deadline."""

    id: Identifier
    subject: Subject
    comparison: Comparison
    value: Any
    consequence: Consequence = Consequence.BLOCK
    explanation: str = Field(default="", max_length=300)
    document: str = Field(default="", max_length=120)
    on: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$")


RULES: TypeAdapter[tuple[Rule, ...]] = TypeAdapter(tuple[Rule, ...])
