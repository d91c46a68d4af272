"""What the panels of the review decided about proposals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from experts.queries.meeting import Decision, decisions
from projects.definitions.plan import Plan
from projects.models import FundingItem, FundingList, Proposal
from workflows.digest import digest

if TYPE_CHECKING:
    from collections.abc import Iterable


def panel_decisions(proposals: Iterable[Proposal]) -> dict[int, Decision]:
    """The latest decision about each proposal, by primary key, from meetings with confirmed minutes: one query."""
    found = decisions(Proposal._meta.label_lower, [str(one.pk) for one in proposals])
    return {int(subject): decision for subject, decision in found.items()}


def panel_reason(decision: Decision) -> str:
    """The reason of a departure that a panel decided: its own words, or which meeting it was."""
    return decision.reason or _("Decision of the panel meeting “%(meeting)s”") % {"meeting": decision.meeting}


@dataclass(frozen=True)
class Refill:
    """An item of a list as the latest decision of a panel would make it."""

    item: FundingItem
    decision: Decision
    funded: bool
    amount: Decimal
    reason: str

    @property
    def replaces(self) -> bool:
        """Whether a reason that stands there would be lost."""
        return bool(self.item.reason) and self.item.reason != self.reason


def refills(funding_list: FundingList) -> list[Refill]:
    """The items that panels decided otherwise than they stand in the list, by rank: two queries.

    An amount above zero stays as it is, and so does the reason where the decision follows the ranking.
    """
    items = list(funding_list.items.select_related("proposal").order_by("rank", "pk"))
    panel = panel_decisions(item.proposal for item in items)
    places = Plan.model_validate(funding_list.call.plan).places
    found = [_refill(item, panel[item.proposal_id], places) for item in items if item.proposal_id in panel]
    return [
        one
        for one in found
        if (one.funded, one.amount, one.reason) != (one.item.funded, one.item.amount, one.item.reason)
    ]


def _refill(item: FundingItem, decision: Decision, places: int) -> Refill:
    funded = decision.funds and item.requested > 0
    departs = decision.funds != (item.rank <= places)
    amount = (item.amount or item.requested) if funded else Decimal(0)
    return Refill(item, decision, funded, amount, panel_reason(decision) if departs else item.reason)


def seal_of(rows: Iterable[Refill]) -> str:
    """A digest of what is there and what would be, so that nothing else is taken over than was shown."""
    return digest(
        [
            (one.item.pk, one.item.funded, one.item.amount, one.item.reason, one.funded, one.amount, one.reason)
            for one in rows
        ]
    )
