"""The ranking a funding list begins with."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from projects.enums import ProposalState

if TYPE_CHECKING:
    from projects.models import Call, Proposal


def ranked(call: Call) -> list[tuple[int, Proposal]]:
    """The reviewed proposals of a call by score, best first, with their ranks; equal scores share a rank."""
    rows = call.proposals.filter(state=ProposalState.REVIEWED, score__isnull=False).order_by("-score", "number")
    found: list[tuple[int, Proposal]] = []
    last: Decimal | None = None
    rank = 0
    for place, proposal in enumerate(rows, start=1):
        if proposal.score != last:
            rank, last = place, proposal.score
        found.append((rank, proposal))
    return found
