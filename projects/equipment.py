"""The list of bought equipment that goes with a budget: what it comes to, and whether it fits its line.

From a sum on (a row of `projects.definitions.budget`) what is bought is listed piece by piece; for less the basis
of the estimate is enough. Prices are yuan of both sources together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.budget import ZERO, in_wan
from projects.definitions.budget import EquipmentList
from workflows.errors import Reason

PURCHASE = "equipment.purchase"


def cost(row: Mapping[str, Any]) -> Decimal:
    """What one row of a list comes to: price of a piece times their number; 0 where either is missing."""
    return Decimal(row.get("price") or 0) * int(row.get("quantity") or 0)


def listed(rows: Iterable[Mapping[str, Any]]) -> Decimal:
    """What all rows come to."""
    return sum((cost(row) for row in rows), ZERO)


def purchase(budget: Iterable[Mapping[str, Any]]) -> Decimal:
    """What frozen budget lines give for buying equipment, of both sources."""
    lines = [line for line in budget if line["category"] == PURCHASE]
    return sum((Decimal(line["fiscal"]) + Decimal(line["own"]) for line in lines), ZERO)


def misfits(total: Decimal, line: Decimal, rule: EquipmentList) -> list[Reason]:
    """Why a list that comes to `total` does not fit a budget line of `line` yuan, each with the mend."""
    if total > line:
        return [_above(total, line)]
    return [_not_listed(line, line - total, rule)] if line - total >= rule.amount else []


def _above(total: Decimal, line: Decimal) -> Reason:
    return Reason(
        "equipment_above_line",
        _("The list of equipment comes to %(total)s 万元, the line “purchase of equipment” only to %(line)s 万元.")
        % {"total": in_wan(total), "line": in_wan(line)},
        _("Take %(over)s 万元 off the list, or raise the line.") % {"over": in_wan(total - line)},
    )


def _not_listed(line: Decimal, rest: Decimal, rule: EquipmentList) -> Reason:
    return Reason(
        "equipment_not_listed",
        _(
            "Equipment for %(line)s 万元 is to be bought, of which %(rest)s 万元 are not in the list; "
            "from %(limit)s 万元 on each piece is listed (%(document)s)."
        )
        % {
            "line": in_wan(line),
            "rest": in_wan(rest),
            "limit": in_wan(rule.amount),
            "document": rule.document,
        },
        _("List what is to be bought: name, model, price, number, use, and how it is shared."),
    )
