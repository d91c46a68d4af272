"""One row of a list of experts: what it says, or every fault with the column and what mends it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from directory.enums import Title
from directory.validators import birth_date_of, validate_birth_date, validate_id_number, validate_mobile, validate_orcid
from experts.disciplines import code_of
from experts.enums import ExpertKind
from experts.listing.columns import BY_KEY, MARKS
from experts.listing.reading import Cell, Line

POWER = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d+$")
FORMULA = ("=", "+", "-", "@", "\t")
DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
YEAR = re.compile(r"^(?P<title>.+?)[\s,，;；、(（]+(?P<year>(?:19|20)\d{2})[)）]?$")
EPOCH = dt.date(1899, 12, 30)
LONGEST = {"name": 60, "organisation": 120, "title_name": 60, "email": 254, "keywords": 800}
MOST_IN_YEAR = 1000
ID_DIGITS, ORCID_DIGITS, LATEST_DAY = 18, 16, 80_000
MOST_KEYWORDS, LONGEST_KEYWORD, LONGEST_TITLE = 20, 40, 300


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be taken: the head of its column, what is wrong, what mends it."""

    column: str
    text: str
    mend: str


class CellError(Exception):
    """One cell cannot be taken: text and mend."""

    def __init__(self, text: str, mend: str) -> None:
        super().__init__(text)
        self.text, self.mend = text, mend


@dataclass
class Parsed:
    """A row as it was understood: facts by column, and the faults."""

    number: int
    facts: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse(line: Line) -> Parsed:
    """Understand every cell of the row; all faults at once."""
    found = Parsed(line.number)
    for key, cell in line.cells.items():
        try:
            found.facts[key] = _value(key, cell)
        except CellError as fault:
            found.faults.append(Fault(str(BY_KEY[key].head), fault.text, fault.mend))
    for key, column in BY_KEY.items():
        if column.required and not found.facts.get(key, "fault"):
            found.faults.append(Fault(str(column.head), _("This cell is empty."), str(column.hint)))
    _agree(found)
    return found


def _agree(found: Parsed) -> None:
    """An identity number states the birth date; another one beside it is a fault."""
    number, born = found.facts.get("id_number"), found.facts.get("birth_date")
    if not number:
        return
    stated = birth_date_of(number)
    if born and born != stated:
        text = _("The birth date contradicts the identity number, which says %(day)s.") % {"day": stated.isoformat()}
        found.faults.append(Fault(str(BY_KEY["birth_date"].head), text, _("Correct one of the two.")))
    found.facts["birth_date"] = stated


def _value(key: str, cell: Cell) -> Any:
    if cell.kind == "f":
        raise CellError(_("The cell holds a formula."), _("Copy the cell and paste its value."))
    if cell.kind == "e":
        text = _("The spreadsheet shows an error here: %(value)s.") % {"value": cell.value}
        raise CellError(text, _("Type the value."))
    if cell.value in (None, ""):
        return EMPTY.get(key, "")
    return READERS[key](cell)


def _text(cell: Cell) -> str:
    """Text, and whole numbers as text; dates in a text column are what a spreadsheet made of something else."""
    value = cell.value
    if isinstance(value, dt.date):
        text = _("The spreadsheet has made a date of this: %(value)s.")
        raise CellError(text % {"value": f"{value:%Y-%m-%d}"}, _("Format the column as text and type the value again."))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    found = str(value).strip()
    if found.startswith(FORMULA):
        text = _("The text begins with “%(sign)s”, which spreadsheets take for a formula.")
        raise CellError(text % {"sign": found[0]}, _("Take the sign away."))
    return found


def _number_as_text(cell: Cell, digits: int) -> str:
    """A long number: as text alone is it unharmed, spreadsheets keep fifteen digits and no leading zero."""
    again = _("Format the column as text and type the number again; the digits that are lost cannot be told.")
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        text = _("The spreadsheet has rounded this number to %(value)s: fifteen digits are kept, zeros before it lost.")
        raise CellError(text % {"value": f"{cell.value:.14g}"}, again)
    found = _text(cell).lstrip("'’").replace(" ", "").upper()
    if POWER.match(found):
        text = _("The spreadsheet has written this number with an exponent: %(value)s.") % {"value": found}
        raise CellError(text, again)
    if found.isdigit() and len(found) < digits:
        text = _("The number has %(have)d digits, %(want)d are needed; zeros before it may be lost.")
        raise CellError(text % {"have": len(found), "want": digits}, again)
    return found


def _checked(value: str, check: Callable[[str], None], mend: str) -> str:
    try:
        check(value)
    except ValidationError as fault:
        raise CellError(str(fault.messages[0]), mend) from None
    return value


def _id_number(cell: Cell) -> str:
    return _checked(_number_as_text(cell, ID_DIGITS), validate_id_number, _("Compare it with the card."))


def _orcid(cell: Cell) -> str:
    found = _number_as_text(cell, ORCID_DIGITS).removeprefix("HTTPS://ORCID.ORG/")
    if len(found) == ORCID_DIGITS and "-" not in found:
        found = "-".join(found[at : at + 4] for at in range(0, ORCID_DIGITS, 4))
    return _checked(found, validate_orcid, _("Copy it from the person's page at orcid.org."))


def _date(cell: Cell) -> dt.date:
    value = cell.value
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, (int, float)):
        text = _("A date is expected, and here is the number %(value)s.") % {"value": value}
        raise CellError(text, _as_day(value))
    if isinstance(value, str):
        value = _typed_date(value)
    try:
        validate_birth_date(value)  # type: ignore[arg-type]
    except ValidationError as fault:
        raise CellError(str(fault.messages[0]), _("Write it like 1980-05-17.")) from None
    return value  # type: ignore[return-value]


def _as_day(value: float) -> str:
    if 0 < value < LATEST_DAY:
        day = EPOCH + dt.timedelta(days=int(value))
        text = _("Spreadsheets count days: it may stand for %(day)s. Format the column as date, or write it as text.")
        return text % {"day": day.isoformat()}
    return _("Write it like 1980-05-17.")


def _typed_date(text: str) -> dt.date:
    found = DATE.match(text)
    try:
        return dt.date(*map(int, found.groups()))  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise CellError(_("“%(value)s” is no date.") % {"value": text[:40]}, _("Write it like 1980-05-17.")) from None


def _short(key: str) -> Callable[[Cell], str]:
    def read(cell: Cell) -> str:
        found = _text(cell)
        if len(found) > LONGEST[key]:
            text = _("The text has %(have)d characters, %(most)d are allowed.")
            raise CellError(text % {"have": len(found), "most": LONGEST[key]}, _("Shorten it."))
        return " ".join(found.split())

    return read


def _said(choices: Any) -> dict[str, str]:
    """The value of each choice by its label in any language, and by itself."""
    found = {str(value): str(value) for value in choices.values}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(one.label): str(one.value) for one in choices}
    return found


def _chosen(word: str, choices: Any) -> str:
    known = _said(choices)
    if word not in known:
        allowed = "、".join(str(one.label) for one in choices)
        text = _("“%(value)s” is not in the list.") % {"value": word[:40]}
        raise CellError(text, _("Choose: %(allowed)s.") % {"allowed": allowed})
    return known[word]


def _parts(cell: Cell) -> list[str]:
    parts = re.split(f"[{MARKS}]+", _text(cell))
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _kinds(cell: Cell) -> list[str]:
    return [_chosen(part, ExpertKind) for part in _parts(cell)]


def _codes(cell: Cell) -> list[str]:
    found = []
    for part in _parts(cell):
        code = code_of(part)
        if not code:
            text = _("“%(value)s” is no discipline of GB/T 13745.") % {"value": part[:40]}
            raise CellError(text, _("Write its code, like 480."))
        found.append(code)
    return list(dict.fromkeys(found))


def _keywords(cell: Cell) -> list[str]:
    return [part[:LONGEST_KEYWORD] for part in _parts(cell)][:MOST_KEYWORDS]


def _titles(cell: Cell) -> list[tuple[str, int | None]]:
    found: dict[str, int | None] = {}
    for line in _text(cell).split("\n"):
        match = YEAR.match(line.strip())
        title = (match["title"] if match else line).strip()[:LONGEST_TITLE]
        if title:
            found[title] = int(match["year"]) if match else None
    return list(found.items())


def _email(cell: Cell) -> str:
    return _checked(_short("email")(cell).lower(), validate_email, _("Write it like name@example.org."))


def _mobile(cell: Cell) -> str:
    return _checked(_text(cell).replace(" ", "").replace("-", ""), validate_mobile, _("Write 11 digits."))


def _whole(cell: Cell) -> int:
    found = _text(cell)
    if not found.isdecimal() or not 1 <= int(found[:9]) <= MOST_IN_YEAR:
        text = _("“%(value)s” is no whole number from 1 to %(most)d.")
        raise CellError(text % {"value": found[:40], "most": MOST_IN_YEAR}, _("Write a number, or leave it empty."))
    return int(found)


EMPTY: dict[str, Any] = {
    "kinds": [],
    "discipline_codes": [],
    "keywords": [],
    "expertise": [],
    "birth_date": None,
    "max_in_year": None,
}
READERS: dict[str, Callable[[Cell], Any]] = {
    "name": _short("name"),
    "id_number": _id_number,
    "orcid": _orcid,
    "birth_date": _date,
    "organisation": _short("organisation"),
    "title": lambda cell: _chosen(_text(cell), Title),
    "title_name": _short("title_name"),
    "kinds": _kinds,
    "discipline_codes": _codes,
    "keywords": _keywords,
    "expertise": _titles,
    "email": _email,
    "mobile": _mobile,
    "max_in_year": _whole,
}
