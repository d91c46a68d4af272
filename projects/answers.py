"""Answers: kept as they were typed, read into values here.

What is stored is text (or lists and rows of text), so that nothing typed is ever lost. Reading it gives a
typed value, or raises `Unreadable` with what is wrong and what mends it. Saving never asks whether it can be read.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.definitions.form import IN_COLUMNS, Column, FieldKind, FormField
from workflows.errors import Reason

WAN = Decimal(10000)
# What the names of a section's inputs begin with, so that they meet no other name of the page.
PREFIX = "f-"
CENT = Decimal("0.01")
# A field above this many characters is not stored: no question of any form comes near it.
MOST_CHARACTERS = 200_000
MOST_DIGITS = 15
# 万元; a trillion yuan is more than the columns hold.
IMPOSSIBLE = Decimal(10) ** 8
LINES = re.compile(r"\r\n?")
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SEPARATORS = re.compile(r"[;；,，、\n]+")


class Unreadable(ValueError):  # noqa: N818 - it is an answer to the person, not a fault of the program
    """The typed text is not what the field asks for; `reason` says why and what mends it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def kept(field: FormField, typed: Any) -> Any:
    """What is stored of `typed`: of the shape of the field's kind, line ends unified, the text untouched.

    Raises Unreadable when the answer is too large to be stored at all.
    """
    answer = _shape(field, typed)
    if _size(answer) > MOST_CHARACTERS:
        raise Unreadable(
            Reason(
                "too_large",
                _("This text is too large and was not saved: %(count)d characters.") % {"count": _size(answer)},
                _("Shorten it to at most %(most)d characters.") % {"most": field.most_length},
            )
        )
    return answer


def _shape(field: FormField, typed: Any) -> Any:
    if field.kind is FieldKind.CHOICES:
        return [_text(one) for one in typed] if isinstance(typed, list) else []
    if field.kind in IN_COLUMNS:
        rows = typed if isinstance(typed, list) else []
        return [{column.id: _text(row.get(column.id, "")) for column in field.columns} for row in rows]
    if field.kind is FieldKind.TERM:
        return _texts(typed, ("from", "until"))
    if field.kind is FieldKind.BUDGET:
        lines = typed if isinstance(typed, Mapping) else {}
        return {str(code): _texts(line, ("fiscal", "own", "basis")) for code, line in lines.items()}
    return _text(typed)


def _texts(typed: Any, names: tuple[str, ...]) -> dict[str, str]:
    found = typed if isinstance(typed, Mapping) else {}
    return {name: _text(found.get(name, "")) for name in names}


def _text(value: Any) -> str:
    return LINES.sub("\n", str(value if value is not None else "")).replace("\x00", "")


def _size(answer: Any) -> int:
    if isinstance(answer, str):
        return len(answer)
    parts = answer.values() if isinstance(answer, dict) else answer
    return sum(_size(part) for part in parts)


def is_empty(answer: Any) -> bool:
    """Whether nothing was answered: no text, no choice, only blank rows."""
    if isinstance(answer, str):
        return not answer.strip()
    parts = answer.values() if isinstance(answer, dict) else (answer or ())
    return all(is_empty(part) for part in parts)


def value_of(field: FormField | Column, answer: Any) -> Any:
    """The value of a stored answer, None when it is empty. Raises Unreadable.

    Money is typed in 万元 and returned in yuan; a table gives its filled rows, keywords a list, a term two dates.
    """
    if is_empty(answer):
        return None
    return READERS.get(field.kind, _plain)(field, answer)


def value_or_none(field: FormField | Column, answer: Any) -> Any:
    """The value where it can be read, else None: for what is derived from answers that may have problems."""
    try:
        return value_of(field, answer)
    except Unreadable:
        return None


def plain_number(text: str) -> str:
    """Digits as typed with full-width characters, blanks and thousands separators taken out."""
    return re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text))


def yuan(text: str) -> Decimal:
    """An amount typed in 万元, in yuan. Raises Unreadable."""
    number = _number(re.sub(r"(万元|万)$", "", plain_number(text)))
    if number < 0:
        raise Unreadable(Reason("negative", _("An amount cannot be negative."), _("Type 0 or more.")))
    if number >= IMPOSSIBLE:
        raise Unreadable(Reason("impossible", _("No budget is that large."), _("Amounts are typed in 万元.")))
    amount = number * WAN
    if amount != amount.quantize(CENT):
        raise Unreadable(
            Reason("below_cent", _("This is finer than one fen (0.01 yuan)."), _("Round it to six decimals."))
        )
    return amount.quantize(CENT)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(number.as_tuple().digits) > MOST_DIGITS or number.adjusted() > MOST_DIGITS - 6:
        raise Unreadable(Reason("no_number", _("“%(text)s” is no number.") % {"text": text[:40]}, _("Type digits.")))
    return number


def _plain(_field: Any, answer: Any) -> Any:
    return answer.strip() if isinstance(answer, str) else answer


def _decimal(_field: Any, answer: str) -> Decimal:
    return _number(plain_number(answer))


def _integer(_field: Any, answer: str) -> int:
    number = _number(plain_number(answer))
    if number != number.to_integral_value():
        raise Unreadable(
            Reason("no_integer", _("“%(text)s” is no whole number.") % {"text": answer[:40]}, _("Leave out decimals."))
        )
    return int(number)


def _money(_field: Any, answer: str) -> Decimal:
    return yuan(answer)


def _date(_field: Any, answer: str) -> dt.date:
    found = DATE.fullmatch(plain_number(answer))
    try:
        if found is None:
            raise ValueError(answer)  # noqa: TRY301 - one way out for both faults
        return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        raise Unreadable(
            Reason("no_date", _("“%(text)s” is no date.") % {"text": answer[:40]}, _("Write it as 2027-01-31."))
        ) from None


def _yes_no(_field: Any, answer: str) -> bool:
    return answer == "yes"


def _choice(field: Any, answer: str) -> str:
    if answer not in field.choices:
        raise Unreadable(
            Reason("not_offered", _("“%(text)s” is not offered.") % {"text": answer[:40]}, _("Choose from the list."))
        )
    return answer


def _choices(field: Any, answer: list[str]) -> list[str]:
    return [_choice(field, one) for one in answer if one]


def _keywords(_field: Any, answer: str) -> list[str]:
    return [word.strip() for word in SEPARATORS.split(answer) if word.strip()]


def _table(field: Any, answer: list[dict[str, str]]) -> list[dict[str, Any]]:
    rows = [row for row in answer if not is_empty(row)]
    return [{column.id: value_of(column, row.get(column.id, "")) for column in field.columns} for row in rows]


def _term(field: Any, answer: dict[str, str]) -> dict[str, dt.date | None]:
    return {name: _date(field, text) if text.strip() else None for name, text in answer.items()}


READERS: dict[FieldKind, Callable[[Any, Any], Any]] = {
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.KEYWORDS: _keywords,
    **dict.fromkeys(IN_COLUMNS, _table),
    FieldKind.TERM: _term,
}
