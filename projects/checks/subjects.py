"""What each subject of a rule is called, how it may be compared, and with which values.

One table for all: the engine reads the value by it, the editor of rules offers it, the sentences are built from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from directory.enums import Degree, OrganisationKind, Title
from projects.definitions.rules import Comparison, Subject

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OF_DIRECTION = "direction"
"""The value of a rule that takes its limit from the direction chosen in the proposal."""


class ValueKind(StrEnum):
    """What kind of value a rule compares with."""

    NUMBER = "number"
    RATIO = "ratio"
    AMOUNT = "amount"
    CODES = "codes"
    REGIONS = "regions"
    YES = "yes"


NUMBERS = (Comparison.AT_MOST, Comparison.AT_LEAST)
LISTS = (Comparison.ONE_OF, Comparison.NOT_ONE_OF)


@dataclass(frozen=True)
class SubjectRow:
    """One row: label, kind of value, comparisons that make sense, the codes to choose from.

    unit     -- shown after a number;
    dated    -- the value is taken on a date, which belongs into the sentence;
    early    -- can be read before a proposal exists;
    limits   -- counts what a person has on hand, so that it is checked over the whole batch too.
    """

    label: _StrPromise
    kind: ValueKind
    comparisons: tuple[Comparison, ...]
    codes: tuple[type[TextChoices], ...] = ()
    unit: _StrPromise | str = ""
    dated: bool = False
    early: bool = True
    limits: bool = False

    def name_of(self, code: str) -> str:
        """The label of a code, the code itself when it is none of ours."""
        for choices in self.codes:
            if code in choices.values:
                return str(choices(code).label)
        return code

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The codes to choose from, each once, with their labels."""
        return [pair for choices in self.codes for pair in choices.choices]


V = ValueKind
SUBJECTS: dict[Subject, SubjectRow] = {
    Subject.APPLICANT_AGE: SubjectRow(
        _("Age of the principal investigator"), V.NUMBER, NUMBERS, unit=_("years"), dated=True
    ),
    Subject.APPLICANT_TITLE: SubjectRow(_("Title of the principal investigator"), V.CODES, LISTS, (Title,)),
    Subject.APPLICANT_DEGREE: SubjectRow(_("Degree of the principal investigator"), V.CODES, LISTS, (Degree,)),
    Subject.APPLICANT_TITLE_OR_DEGREE: SubjectRow(
        _("Title or degree of the principal investigator"), V.CODES, (Comparison.ONE_OF,), (Title, Degree)
    ),
    Subject.APPLICANT_LEADING: SubjectRow(
        _("Projects led by the principal investigator, this one included"), V.NUMBER, NUMBERS[:1], limits=True
    ),
    Subject.APPLICANT_TOTAL: SubjectRow(
        _("Projects of the principal investigator led or taken part in, this one included"),
        V.NUMBER,
        NUMBERS[:1],
        limits=True,
    ),
    Subject.MEMBER_TOTAL: SubjectRow(
        _("Projects of each key member, this one included"), V.NUMBER, NUMBERS[:1], early=False, limits=True
    ),
    Subject.ORGANISATION_KIND: SubjectRow(_("Kind of the host organisation"), V.CODES, LISTS, (OrganisationKind,)),
    Subject.ORGANISATION_AGE: SubjectRow(
        _("Time since the registration of the host organisation"), V.NUMBER, NUMBERS, unit=_("full years"), dated=True
    ),
    Subject.ORGANISATION_REGION: SubjectRow(_("Region of the host organisation"), V.REGIONS, LISTS),
    Subject.ORGANISATION_VERIFIED: SubjectRow(
        _("The host organisation is verified by its authority"), V.YES, (Comparison.IS,)
    ),
    Subject.OWN_RATIO: SubjectRow(
        _("Own money per yuan of the grant (enterprises)"), V.RATIO, NUMBERS[1:], early=False
    ),
    Subject.MOST_AMOUNT: SubjectRow(_("Amount applied for"), V.AMOUNT, NUMBERS[:1], early=False),
    Subject.TEAM_SIZE: SubjectRow(_("Size of the team"), V.NUMBER, NUMBERS, unit=_("people"), early=False),
    Subject.OVERDUE_ACCEPTANCES: SubjectRow(
        _("Overdue acceptances of the host organisation and the principal investigator"), V.NUMBER, NUMBERS[:1]
    ),
}


def clean_value(subject: Subject, comparison: Comparison, raw: Any) -> Any:
    """The value of a rule as it is stored. Raises ValueError with a code: "comparison", "number", "codes", "yes"."""
    row = SUBJECTS[subject]
    if comparison not in row.comparisons:
        raise ValueError("comparison")
    if row.kind is V.YES:
        return _yes(raw)
    if row.kind in (V.CODES, V.REGIONS):
        return _codes(row, raw)
    if raw == OF_DIRECTION and row.kind in (V.RATIO, V.AMOUNT):
        return raw
    return _number(row, raw)


def _yes(raw: Any) -> bool:
    if raw in (True, "true", "1", "on", "yes"):
        return True
    raise ValueError("yes")


def _codes(row: SubjectRow, raw: Any) -> list[str]:
    parts: Iterable[str] = raw.replace("，", ",").split(",") if isinstance(raw, str) else raw
    codes = [str(part).strip() for part in parts if str(part).strip()]
    known = {code for code, _label in row.choices}
    right = (lambda code: code.isdigit()) if row.kind is V.REGIONS else known.__contains__
    if not codes or not all(right(code) for code in codes):
        raise ValueError("codes")
    return codes


def _number(row: SubjectRow, raw: Any) -> int | str:
    try:
        number = Decimal(str(raw))
    except InvalidOperation:
        raise ValueError("number") from None
    if not number.is_finite() or number < 0 or (row.kind is V.NUMBER and number != number.to_integral_value()):
        raise ValueError("number")
    return int(number) if row.kind is V.NUMBER else str(number)
