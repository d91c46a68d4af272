"""Where a funding list departs from the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projects.models import FundingItem, FundingList


def departures(funding_list: FundingList) -> list[FundingItem]:
    """The items on a side of the line that their rank does not give them, or with another amount than asked.

    With n funded items, the first n by rank (ties included at the line) are what the ranking gives.
    """
    items = list(funding_list.items.select_related("proposal").order_by("rank", "pk"))
    funded = [item for item in items if item.funded]
    line = items[len(funded) - 1].rank if funded else 0
    return [item for item in items if _departs(item, line)]


def _departs(item: FundingItem, line: int) -> bool:
    by_rank = item.rank <= line
    return item.funded != by_rank or (item.funded and item.amount != item.requested)
