"""One row of a list of spending: what it says, or every fault with the column and what mends it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from projects.budget import LABELS
from projects.definitions.spending import spending_rules
from projects.spending.reading import FORMULA, Cell, Line

EPOCH = dt.date(1899, 12, 30)
FIRST_DAY, LAST_DAY = 36_526, 73_050  # 2000-01-01 and 2099-12-31 as spreadsheets count days
DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
NEGATIVE = re.compile(r"^\((.+)\)$")
BETWEEN = re.compile(r"[-—–/\\>→·:：]+")
FEN, NOISE = Decimal("0.01"), Decimal("0.000001")
MOST = Decimal(10) ** 10
LONGEST = {"voucher": 40, "entry": 10, "purpose": 200}


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be taken: the head of its column, what is wrong, what mends it."""

    column: str
    text: str
    mend: str


class CellError(Exception):
    """One cell cannot be taken: text and mend."""


@dataclass
class Parsed:
    """A row by its number, with what could be read of it and the faults of the rest."""

    number: int
    facts: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse(line: Line) -> Parsed:
    """The facts of a row: voucher, entry, spent_on, amount (yuan), category, purpose, source, project."""
    found = Parsed(line.number)
    for key, read in READERS.items():
        cell = line.cells.get(key)
        try:
            found.facts[key] = _read(key, cell, read)
        except CellError as error:
            head = cell.head if cell else spending_rules().heads[key][0]
            found.faults.append(Fault(head, str(error.args[0]), str(error.args[1])))
    return found


def _read(key: str, cell: Cell | None, read: Callable[[Any], Any]) -> Any:
    value = cell.value if cell else None
    if value in (None, ""):
        if key in spending_rules().required:
            raise CellError(_("Nothing stands here."), _("Fill it in."))
        return MISSING.get(key, "")
    if isinstance(value, bool) or (isinstance(value, str) and value.startswith(FORMULA)):
        raise CellError(_("Here stands a formula or an error."), _("Paste the value in its place."))
    return read(value)


def _text(key: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
        text = " ".join(unicodedata.normalize("NFKC", text).split())
        if len(text) > LONGEST[key]:
            words = {"have": len(text), "most": LONGEST[key]}
            raise CellError(_("The text has %(have)d characters, %(most)d are allowed.") % words, _("Shorten it."))
        return text

    return read


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip().removesuffix(".0")
    if text.isdecimal() and FIRST_DAY <= int(text) <= LAST_DAY:
        return EPOCH + dt.timedelta(days=int(text))
    found = DATE.match(text) or COMPACT.match(text)
    try:
        return dt.date(*(int(part) for part in found.groups()))  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise CellError(_("“%(value)s” is no date.") % {"value": text[:40]}, _("Write it like 2027-03-05.")) from None


def _amount(value: Any) -> Decimal:
    text = unicodedata.normalize("NFKC", str(value)).strip()
    text = text.removesuffix("元").lstrip("¥￥").replace(",", "").replace(" ", "").replace("−", "-")
    text = NEGATIVE.sub(r"-\1", text)
    try:
        amount = Decimal(text).normalize()
        rounded = amount.quantize(FEN)
        fine = abs(amount - rounded) > NOISE
    except InvalidOperation:
        words = {"value": str(value)[:40]}
        raise CellError(_("“%(value)s” is no amount in yuan.") % words, _("Write it like 1234.50.")) from None
    if fine:
        raise CellError(_("This is finer than one fen (0.01 yuan)."), _("Round it to two decimals."))
    if not rounded or abs(rounded) >= MOST:
        raise CellError(_("The amount is nothing, or larger than any budget."), _("Correct it, or take the row out."))
    return rounded


def _category(value: Any) -> str:
    text = str(value)
    for name in (text, *reversed(BETWEEN.split(text))):
        code = _categories().get(_bare(name))
        if code:
            return code
    mend = _("Write its name or code as in the budget, like 材料费 or operating.materials.")
    raise CellError(_("“%(value)s” is no category of the budget.") % {"value": text[:40]}, mend)


def _source(value: Any) -> str:
    for code, names in spending_rules().sources.items():
        if str(value).strip() in (*names, code):
            return code
    allowed = "、".join(names[0] for names in spending_rules().sources.values())
    words = {"value": str(value)[:40]}
    raise CellError(_("“%(value)s” is no source of money.") % words, _("Choose: %(allowed)s.") % {"allowed": allowed})


@cache
def _categories() -> dict[str, str]:
    names = {_bare(name): code for code, row in spending_rules().categories.items() for name in row}
    return names | {code: code for code in spending_rules().categories if code in LABELS}


def _bare(name: str) -> str:
    return re.sub(r"[\s、,，/]|^\d+", "", unicodedata.normalize("NFKC", name)).lower()


MISSING: dict[str, Any] = {"source": "fiscal"}
READERS: dict[str, Callable[[Any], Any]] = {
    "voucher": _text("voucher"),
    "entry": _text("entry"),
    "spent_on": _day,
    "amount": _amount,
    "category": _category,
    "purpose": _text("purpose"),
    "source": _source,
    "project": lambda value: str(value).strip(),
}
