"""Budgets: lines, sums, the ceiling of the indirect costs, and what does not hold. Decimal yuan throughout.

Fiscal and own money are computed apart (the forms keep them in separate columns, and the ceiling of the
indirect costs holds for each). Schemes of categories and ceilings are rows of `projects.definitions.budget`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.answers import WAN, Unreadable, yuan
from projects.definitions.budget import Ceiling, Scheme, Tier, budget_rules
from workflows.errors import Reason

ZERO = Decimal(0)
HUNDRED = Decimal(100)
LUMP_SUM = "lump_sum"
COMMITMENT = "commitment"
SOURCES = ("fiscal", "own")
LABELS = {
    "equipment": _("Equipment"),
    "equipment.purchase": _("purchase of equipment"),
    "equipment.manufacture": _("trial manufacture and refitting"),
    "equipment.rental": _("rental of equipment"),
    "operating": _("Operating costs"),
    "operating.materials": _("materials"),
    "operating.testing": _("testing, analysis and processing"),
    "operating.energy": _("fuel and power"),
    "operating.travel": _("meetings, travel, international exchange"),
    "operating.trips": _("travel"),
    "operating.conferences": _("conferences"),
    "operating.exchange": _("international cooperation and exchange"),
    "operating.publication": _("publication, documents, intellectual property"),
    "operating.other": _("other operating costs"),
    "itemised": _("Direct costs other than equipment"),
    "labour": _("Labour"),
    "labour.staff": _("labour costs"),
    "labour.consulting": _("expert consulting"),
    "indirect": _("Indirect costs"),
    "indirect.management": _("management and overheads"),
    "indirect.performance": _("performance pay"),
    "lump_sum": _("lump sum"),
}
SOURCE_LABELS = {"fiscal": _("fiscal money"), "own": _("own money")}


@dataclass(frozen=True)
class Money:
    """An amount of each source, in yuan."""

    fiscal: Decimal = ZERO
    own: Decimal = ZERO

    def __add__(self, other: Money) -> Money:
        return Money(self.fiscal + other.fiscal, self.own + other.own)

    @property
    def total(self) -> Decimal:
        """Both sources."""
        return self.fiscal + self.own

    def of(self, source: str) -> Decimal:
        """The amount of `source` ("fiscal" or "own")."""
        return self.fiscal if source == "fiscal" else self.own


@dataclass(frozen=True)
class Line:
    """One line of a budget that could be read."""

    category: str
    money: Money
    basis: str = ""


@dataclass(frozen=True)
class Frame:
    """What a budget is measured against: the day whose rules count, and what the direction allows.

    own_ratio -- own money per yuan of the grant, 0 where none is asked.
    """

    on: dt.date
    lump_sum: bool = False
    most_amount: Decimal | None = None
    own_ratio: Decimal = ZERO

    @property
    def scheme(self) -> Scheme:
        """The categories of that day."""
        return budget_rules().scheme_on(self.on)


def read_lines(answer: Mapping[str, Mapping[str, str]] | None) -> tuple[list[Line], list[tuple[str, str, Reason]]]:
    """The lines of a typed budget, and (category, source, reason) for each amount that cannot be read."""
    lines, faults = [], []
    for code, typed in (answer or {}).items():
        if code == COMMITMENT:
            continue
        amounts = {}
        for source in SOURCES:
            try:
                amounts[source] = yuan(typed[source]) if typed.get(source, "").strip() else ZERO
            except Unreadable as fault:
                faults.append((code, source, fault.reason))
                amounts[source] = ZERO
        lines.append(Line(code, Money(**amounts), typed.get("basis", "").strip()))
    return lines, faults


def sums(lines: Iterable[Line], scheme: Scheme) -> dict[str, Money]:
    """The sums by group, and "direct", "base" (of the indirect ceiling), "indirect" and "total"."""
    rows = {category.code: category for category in scheme.categories}
    names = (*scheme.groups, "direct", "base", "total")
    found = dict.fromkeys(names, Money())
    for line in lines:
        found["total"] += line.money
        row = rows.get(line.category)
        if row is None:
            continue
        found[row.group] += line.money
        if row.direct:
            found["direct"] += line.money
        if row.in_base:
            found["base"] += line.money
    return found


def slices(base: Decimal, tiers: Iterable[Tier]) -> Decimal:
    """What progressive tiers give over `base` yuan, exact: each tier gives its percentage of its own slice."""
    most, below = ZERO, ZERO
    for tier in tiers:
        upper = base if tier.up_to is None else min(base, tier.up_to)
        most += max(upper - below, ZERO) * tier.percent / HUNDRED
        below = upper
    return most


def most_indirect(base: Decimal, ceiling: Ceiling) -> Decimal:
    """The highest indirect cost over `base` yuan, to the fen."""
    return slices(base, ceiling.tiers).quantize(Decimal("0.01"))


def ceilings(found: Mapping[str, Money], frame: Frame) -> Money:
    """The ceiling of the indirect costs of each source."""
    rule = budget_rules().ceiling_on(frame.on)
    return Money(*(most_indirect(found["base"].of(source), rule) for source in SOURCES))


def violations(lines: Iterable[Line], frame: Frame) -> list[Reason]:
    """What of the rules does not hold, each with the mend."""
    kept = list(lines)
    found = sums(kept, frame.scheme)
    total = found["total"]
    reasons: list[Reason] = []
    if total.fiscal <= 0:
        reasons.append(Reason("nothing_asked", _("The budget asks for no money."), _("Fill in the fiscal money.")))
    if frame.most_amount is not None and total.fiscal > frame.most_amount:
        reasons.append(_above_most(total.fiscal, frame.most_amount))
    if total.own < total.fiscal * frame.own_ratio:
        reasons.append(_own_missing(total, frame.own_ratio))
    if not frame.lump_sum:
        reasons += _not_in_scheme(kept, frame.scheme) + _indirect_too_high(found, frame)
    return reasons


def _not_in_scheme(lines: Iterable[Line], scheme: Scheme) -> list[Reason]:
    """Lines with money in categories that budgets of that day do not have: from a page of another call, or forged."""
    strange = [one.category for one in lines if one.money.total and one.category not in scheme.codes]
    text = _("The budgets of this call have no “%(category)s” (%(document)s).")
    mend = _("Empty the line, and put the money in another.")
    return [
        Reason(
            "category_unknown",
            text % {"category": LABELS.get(code, code), "document": scheme.document},
            mend,
        )
        for code in strange
    ]


def _above_most(asked: Decimal, most: Decimal) -> Reason:
    return Reason(
        "above_most",
        _("The budget asks for %(asked)s 万元; this direction gives at most %(most)s 万元.")
        % {"asked": in_wan(asked), "most": in_wan(most)},
        _("Lower the fiscal money by %(over)s 万元.") % {"over": in_wan(asked - most)},
    )


def _own_missing(total: Money, ratio: Decimal) -> Reason:
    needed = total.fiscal * ratio
    return Reason(
        "own_missing",
        _("Enterprises put in at least %(ratio)s yuan of their own per yuan of the grant: %(needed)s 万元.")
        % {"ratio": f"{ratio:f}", "needed": in_wan(needed)},
        _("Raise the own money by %(missing)s 万元.") % {"missing": in_wan(needed - total.own)},
    )


def _indirect_too_high(found: Mapping[str, Money], frame: Frame) -> list[Reason]:
    most, rule = ceilings(found, frame), budget_rules().ceiling_on(frame.on)
    return [
        Reason(
            f"indirect_{source}",
            _("The indirect costs of the %(source)s are %(planned)s 万元, the ceiling is %(most)s 万元 (%(document)s).")
            % {
                "source": SOURCE_LABELS[source],
                "planned": in_wan(found["indirect"].of(source)),
                "most": in_wan(most.of(source)),
                "document": rule.document,
            },
            _("Lower the indirect costs by %(over)s 万元.")
            % {"over": in_wan(found["indirect"].of(source) - most.of(source))},
        )
        for source in SOURCES
        if found["indirect"].of(source) > most.of(source)
    ]


def in_wan(amount: Decimal) -> str:
    """Yuan as 万元 with at least two decimals and no more than needed."""
    short = (amount / WAN).quantize(Decimal("0.01"))
    return f"{short:f}" if short * WAN == amount else f"{(amount / WAN).normalize():f}"


def line_rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as plain data for a frozen version: amounts as text in yuan."""
    return [
        {"category": one.category, "fiscal": str(one.money.fiscal), "own": str(one.money.own), "basis": one.basis}
        for one in lines
        if one.money.total or one.basis
    ]
