"""The slip by ten thousand (元/万元): an amount that looks typed in the other unit is asked about, never guessed.

Whoever typed it takes the mend, or says that it is right as typed. The latter is remembered by a token of the place
and exactly this amount: another amount in the same place is asked about again. All amounts in yuan.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.answers import WAN
from projects.budget import HUNDRED, ZERO, in_wan
from projects.definitions.budget import budget_rules
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
        return f"{self.place or self.name}={self.amount.quantize(FEN)}"

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
    right = f"{(amount / WAN).quantize(FEN):f}"
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


def _placed(name: str, place: str, amount: Decimal, typed: str) -> dict[str, Any]:
    return {"name": name, "place": place, "amount": amount, "typed": typed}


def _short(amount: Decimal) -> str:
    """Yuan with thousands apart and no decimals that are nothing."""
    exact = amount.normalize()
    return f"{exact:,f}" if exact == exact.to_integral_value() else f"{amount.quantize(FEN):,f}"
