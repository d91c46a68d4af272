"""The scoring scheme of a call: weighted criteria adding to 100, vetoes, opinion."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, model_validator

from experts.enums import Strictness
from projects.definitions.form import Identifier, Part


class Criterion(Part):
    """One criterion: experts give 0 to 100 points, `weight` is its share in percent."""

    id: Identifier
    name: str = Field(min_length=1, max_length=60)
    guidance: str = Field(default="", max_length=500)
    weight: Decimal = Field(gt=0, le=100)


class Veto(Part):
    """A question answered by pass or fail."""

    id: Identifier
    name: str = Field(min_length=1, max_length=120)


class Scoring(Part):
    """The scheme. The weights of a usable one add to 100.

    explain_from, explain_to -- shares of the points, in percent, from which on and up to which a score must be
    explained in `explain_length` characters. The rest says how strictly a sheet is looked through.
    """

    criteria: tuple[Criterion, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    recommendation: bool = True
    least_opinion: int = Field(default=50, ge=0, le=2000)
    explain_from: int = Field(default=95, ge=1, le=100)
    explain_to: int = Field(default=30, ge=0, le=99)
    explain_length: int = Field(default=80, ge=0, le=2000)
    placeholder: Strictness = Strictness.REFUSE
    pasted: Strictness = Strictness.ASK
    all_equal: Strictness = Strictness.ASK

    @model_validator(mode="after")
    def _unique(self) -> Scoring:
        ids = [one.id for one in self.criteria] + [one.id for one in self.vetoes]
        if len(ids) != len(set(ids)):
            raise ValueError("an identifier is used twice")
        if self.explain_to >= self.explain_from:
            raise ValueError("the lower extreme lies above the upper one")
        return self

    @property
    def total_weight(self) -> Decimal:
        """The sum of the weights, 100 for a usable scheme."""
        return sum((one.weight for one in self.criteria), Decimal(0))
