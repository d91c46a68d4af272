"""By when each hand must pass a proposal on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projects.models import Call, Proposal


def filing_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the applicant must submit: the deadline given with a return, else the call's."""
    return proposal.returned_to_deadline or proposal.call.filing_deadline


def recommendation_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the proposal must have reached the department."""
    return moved_limit(proposal.call, proposal.returned_to_deadline)


def moved_limit(call: Call, returned_to: dt.datetime | None) -> dt.datetime | None:
    """By when what was returned until `returned_to` (None: never returned) must have reached the department.

    A deadline given with a return moves this one too, by the distance the call keeps between the two.
    """
    limit = call.recommendation_deadline or call.filing_deadline
    if returned_to is None or limit is None or call.filing_deadline is None:
        return limit
    return max(limit, returned_to + (limit - call.filing_deadline))


def organisation_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the host means to endorse: its own days before the department's limit (internal, not enforced)."""
    limit = recommendation_limit(proposal)
    return limit and limit - dt.timedelta(days=proposal.organisation.internal_lead_days)
