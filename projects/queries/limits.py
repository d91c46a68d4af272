"""By when each hand must pass a proposal on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projects.models import Proposal


def filing_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the applicant must submit: the deadline given with a return, else the call's."""
    return proposal.returned_to_deadline or proposal.call.filing_deadline


def recommendation_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the proposal must have reached the department.

    A deadline given with a return moves this one too, by the distance the call keeps between the two.
    """
    call = proposal.call
    limit = call.recommendation_deadline or call.filing_deadline
    if proposal.returned_to_deadline is None or limit is None or call.filing_deadline is None:
        return limit
    return max(limit, proposal.returned_to_deadline + (limit - call.filing_deadline))


def organisation_limit(proposal: Proposal) -> dt.datetime | None:
    """By when the host means to endorse: its own days before the department's limit (internal, not enforced)."""
    limit = recommendation_limit(proposal)
    return limit and limit - dt.timedelta(days=proposal.organisation.internal_lead_days)
