"""The sums of a funding list, computed by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from projects.definitions.plan import Plan
from projects.models import FundingItem, FundingList


@dataclass(frozen=True)
class Summary:
    """How many are funded of how many, the money in yuan, and the places of the plan (0 for none given)."""

    items: int
    funded: int
    requested: Decimal
    granted: Decimal
    places: int


def summary(funding_list: FundingList, items: Sequence[FundingItem]) -> Summary:
    """No query: over the items given."""
    return Summary(
        items=len(items),
        funded=sum(item.funded for item in items),
        requested=sum((item.requested for item in items), Decimal(0)),
        granted=sum((item.amount for item in items), Decimal(0)),
        places=Plan.model_validate(funding_list.call.plan).places,
    )
