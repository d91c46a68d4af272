"""The columns of a list of experts: what the template offers and the reading understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import Title
from experts.enums import ExpertKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MARKS = "、，,;；\n"
EXAMPLE = pgettext_lazy("example row", "Example:")


@dataclass(frozen=True)
class Column:
    """One column: `kind` is how its cells are typed, `choices` what a cell may say, `many` lets it say several."""

    key: str
    head: str | _StrPromise
    hint: str | _StrPromise
    example: str
    kind: Literal["text", "date", "number"] = "text"
    width: int = 18
    required: bool = False
    choices: Callable[[], list[str]] | None = None
    many: bool = False


def _titles() -> list[str]:
    return [str(one.label) for one in Title]


def _kinds() -> list[str]:
    return [str(one.label) for one in ExpertKind]


COLUMNS: tuple[Column, ...] = (
    Column("name", _("Real name"), _("As on the identity card."), "其木格", required=True, width=14),
    Column(
        "id_number",
        _("Identity number"),
        _("18 characters, the column is text. Tells people of the same name apart."),
        "150102198005170027",
        width=22,
    ),
    Column(
        "orcid",
        "ORCID",
        _("16 digits with hyphens; where there is no identity number."),
        "0000-0002-1825-0097",
        width=22,
    ),
    Column("birth_date", _("Birth date"), _("A date; not needed with an identity number."), "1980-05-17", "date", 14),
    Column(
        "organisation", _("Organisation"), _("The full name, as on the seal."), "北方草原大学", required=True, width=30
    ),
    Column("title", _("Title level"), _("Choose from the list."), "", choices=_titles, width=14),
    Column("title_name", _("Professional title"), _("As on the certificate."), "教授", width=14),
    Column(
        "kinds",
        _("Kinds of expertise"),
        _("One from the list, or several parted by commas."),
        "",
        choices=_kinds,
        many=True,
        required=True,
        width=22,
    ),
    Column(
        "discipline_codes",
        _("Discipline codes"),
        _("Codes of GB/T 13745 with three, five or seven digits, parted by commas."),
        "480，530",
        width=18,
    ),
    Column(
        "keywords",
        _("Keywords"),
        _("Three to ten phrases, parted by commas; dossiers are matched by them."),
        "储能，钠离子电池，硬碳负极",
        required=True,
        width=34,
    ),
    Column(
        "expertise",
        _("Past projects, papers, patents"),
        _("One title a line, the year at the end: Title, 2024"),
        "钠离子电池硬碳负极研究，2024",
        width=44,
    ),
    Column(
        "email",
        _("E-mail address"),
        _("The person is asked at this address and signs up with it."),
        "qimuge@example.org",
        width=26,
    ),
    Column("mobile", _("Mobile number"), _("11 digits."), "13847100000", width=16),
    Column(
        "max_in_year",
        _("Reviews in one year, at most"),
        _("A whole number; empty for no own limit."),
        "10",
        "number",
        14,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}


def heads() -> dict[str, str]:
    """The key of each column by every name it has, in any language."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(column.head): column.key for column in COLUMNS}
    return found


def example_marks() -> tuple[str, ...]:
    """How the first cell of the example row begins, in any language."""
    marks = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            marks.append(str(EXAMPLE))
    return tuple(marks)
