"""The slip by ten thousand (元/万元): an amount that looks typed in the other unit is asked about, never guessed.

Whoever typed it takes the mend, or says that it is right as typed. The latter is remembered by a token of the place
and exactly this amount: another amount in the same place is asked about again. All amounts in yuan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.answers import WAN, value_or_none
from projects.budget import HUNDRED, SOURCES, ZERO, in_wan, read_lines
from projects.definitions.budget import budget_rules
from projects.definitions.form import IN_COLUMNS, Column, FieldKind, FormField, Section
from workflows.errors import Reason

FEN = Decimal("0.01")
# What a form sends: a press of one of the two answers, and the answers given on this page before.
MEND, RIGHT, AS_TYPED = "mend", "right", "as-typed"


@dataclass(frozen=True)
class Doubt(Reason):
    """The question whether ten thousand times too much was typed.

    name -- of the input it stands in; place -- what it is, the same wherever its row stands; typed -- what to type
    instead, meant -- that amount in yuan as it is read; settled -- whether it was said to be right as typed.
    """

    name: str = ""
    place: str = ""
    amount: Decimal = ZERO
    typed: str = ""
    meant: str = ""
    settled: bool = False

    @property
    def token(self) -> str:
        """What remembers that exactly this amount is right in this place."""
        return _token(self.place or self.name, self.amount)

    @property
    def mend_value(self) -> str:
        """What the button of the mend sends: the input and what is to be typed into it."""
        return f"{self.name}={self.typed}"

    @property
    def mend_label(self) -> Any:
        """What the button of the mend says."""
        return _("Take it as %(yuan)s yuan (type %(typed)s for me)") % {"yuan": self.meant, "typed": self.typed}

    @property
    def right_label(self) -> Any:
        """What the other button says."""
        return _("It is right as typed")


def perhaps_yuan(amount: Decimal, most: Decimal | None = None) -> bool:
    """Whether an amount looks typed in yuan where 万元 was asked: far too large, and right when read as yuan.

    most -- the most that is expected, in yuan: a hundred times as much is far too large. Without it the row
    `suspicious_above` counts as it stands. A change with its sign is looked at by its size.
    """
    size, limit = abs(amount), most or budget_rules().suspicious_above
    return size > (limit * HUNDRED if most else limit) and size / WAN <= limit


def perhaps_multiplied(amount: Decimal, whole: Decimal) -> bool:
    """Whether an amount typed in yuan looks multiplied by 10,000: above all the money there is, and within it without.

    The other slip, 万元 typed where yuan was asked, gives small amounts, which there may be: it cannot be known.
    """
    return ZERO < whole < abs(amount) and abs(amount) / WAN <= whole


def doubt_of(amount: Decimal, most: Decimal | None = None, *, name: str = "", place: str = "") -> Doubt | None:
    """The question about an amount typed in 万元, None where there is none. `most` as for `perhaps_yuan`."""
    if not perhaps_yuan(amount, most):
        return None
    meant = in_wan(amount)
    words = {"wan": meant, "yuan": meant}
    right = in_wan(amount / WAN)
    return Doubt(
        "perhaps_yuan",
        _("This is %(wan)s 万元. Did you mean %(yuan)s yuan?") % words,
        _("Amounts are typed in 万元: then type %(right)s.") % {"right": right},
        **_placed(name, place, amount, right),
        meant=_short(amount / WAN),
    )


def doubt_in_yuan(amount: Decimal, whole: Decimal, *, name: str = "", place: str = "") -> Doubt | None:
    """The question about an amount typed in yuan beside `whole`, all the money of its project; None as above."""
    if not perhaps_multiplied(amount, whole):
        return None
    right = _short(amount / WAN).replace(",", "")
    words = {"amount": _short(amount), "whole": _short(whole), "right": _short(amount / WAN)}
    return Doubt(
        "perhaps_multiplied",
        _("%(amount)s yuan are more than all the money of the project (%(whole)s yuan). Did you mean %(right)s yuan?")
        % words,
        _("Amounts are typed in yuan here: then type %(right)s.") % words,
        **_placed(name, place, amount, right),
        meant=words["right"],
    )


def settled(data: Any) -> set[str]:
    """The tokens of the answers “right as typed” that a form sends, given now or before."""
    return {*data.getlist(AS_TYPED), *data.getlist(RIGHT)} if data else set()


def answered(doubt: Doubt | None, tokens: Collection[str]) -> Doubt | None:
    """The question, settled where one of the tokens says that the amount is right as typed."""
    return replace(doubt, settled=True) if doubt and doubt.token in tokens else doubt


def place_of(field: str, part: str = "") -> str:
    """What an amount of a section is: its field, and the part of it, wherever a row stands."""
    return f"{field}/{part}" if part else field


def still_typed(tokens: Iterable[str], section: Section, answers: Mapping[str, Any]) -> list[str]:
    """Those of the tokens whose amount still stands in the section: an answer is forgotten with its amount."""
    amounts = {
        _token(place_of(field.id, part), amount)
        for field in section.fields
        for part, amount in _amounts(field, answers.get(field.id))
    }
    return [token for token in tokens if token in amounts]


def _amounts(field: FormField, answer: Any) -> Iterator[tuple[str, Decimal]]:
    if field.kind is FieldKind.BUDGET:
        for line in read_lines(answer)[0]:
            yield from ((f"{line.category}.{source}", line.money.of(source)) for source in SOURCES)
        return
    cells: list[tuple[str, FormField | Column, Any]] = [("", field, answer)] if field.kind is FieldKind.MONEY else []
    if field.kind in IN_COLUMNS:
        money = [column for column in field.columns if column.kind is FieldKind.MONEY]
        cells = [(column.id, column, row.get(column.id)) for row in answer or () for column in money]
    for part, one, text in cells:
        amount = value_or_none(one, text or "")
        if amount is not None:
            yield part, amount


def mend_of(data: Any) -> tuple[str, str] | None:
    """The input and what is to be typed into it, where the mend was pressed."""
    name, found, typed = (data.get(MEND, "") if data else "").partition("=")
    return (name, typed) if found else None


def retyped(data: Any) -> Any:
    """What a form sent, with the mend that was pressed typed in its place; all else as it was sent."""
    mend = mend_of(data)
    if mend is None:
        return data
    copy = data.copy()
    copy[mend[0]] = mend[1]
    return copy


def _token(place: str, amount: Decimal) -> str:
    return f"{place}={amount.quantize(FEN)}"


def _placed(name: str, place: str, amount: Decimal, typed: str) -> dict[str, Any]:
    return {"name": name, "place": place, "amount": amount, "typed": typed}


def _short(amount: Decimal) -> str:
    """Yuan with thousands apart and no decimals that are nothing."""
    exact = amount.normalize()
    return f"{exact:,f}" if exact == exact.to_integral_value() else f"{amount.quantize(FEN):,f}"
