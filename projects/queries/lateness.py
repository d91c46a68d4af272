"""Which proposals were not passed on in time."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from projects.enums import ProposalState
from projects.models import Call, Proposal
from projects.queries.limits import filing_limit, recommendation_limit

WITH_APPLICANT = (ProposalState.DRAFT, ProposalState.RETURNED)
WITH_OTHERS = (ProposalState.SUBMITTED, ProposalState.ENDORSED)
# A submission that arrived in time may still be on its way through the server.
MARGIN = dt.timedelta(hours=1)


def late(at: dt.datetime, *, call: Call | None = None) -> list[Proposal]:
    """The proposals whose time is over at `at`: with the applicant past filing, with others past recommendation."""
    return [proposal for proposal in _near(at, call) if is_late(proposal, at)]


def is_late(proposal: Proposal, at: dt.datetime) -> bool:
    """Whether the time of the proposal's present holder is over."""
    if proposal.state in WITH_APPLICANT:
        limit = filing_limit(proposal)
        grace = dt.timedelta(seconds=proposal.call.grace_seconds) + MARGIN
        return limit is not None and limit + grace <= at
    limit = recommendation_limit(proposal)
    return proposal.state in WITH_OTHERS and limit is not None and limit <= at


def due_between(first: dt.datetime, last: dt.datetime) -> list[Proposal]:
    """The proposals with an organisation or authority whose limit lies after `first`, up to `last`."""
    rows = _near(last, None).filter(state__in=WITH_OTHERS)
    return [row for row in rows if (limit := recommendation_limit(row)) is not None and first < limit <= last]


def _near(at: dt.datetime, call: Call | None) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(state__in=(*WITH_APPLICANT, *WITH_OTHERS)).filter(
        Q(call__filing_deadline__lte=at) | Q(returned_to_deadline__lte=at)
    )
    if call is not None:
        rows = rows.filter(call=call)
    return rows.select_related("call", "organisation").order_by("pk")
