"""Conditions of a call's transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import CallState, ProposalState
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Call, CallExtension

ENDED = (
    ProposalState.APPROVED,
    ProposalState.DECLINED,
    ProposalState.INELIGIBLE,
    ProposalState.NOT_ENDORSED,
    ProposalState.NOT_RECOMMENDED,
    ProposalState.WITHDRAWN,
    ProposalState.EXPIRED,
)


def call_is_complete(call: Call) -> list[Reason]:
    """Everything an applicant needs stands in the call; each gap is named."""
    from projects.queries.call_gaps import gaps

    return gaps(call)


def nothing_under_way(call: Call) -> Reason | None:
    """Every proposal of the call has ended."""
    count = call.proposals.exclude(state__in=ENDED).count()
    if count == 0:
        return None
    return Reason("proposals_under_way", _("Proposals of this call are still under way."), _("Finish them first."))


def call_can_be_extended(extension: CallExtension) -> Reason | None:
    """Filing for the call still runs, and its deadlines are those that the extension was proposed for."""
    call = extension.call
    if call.state != CallState.PUBLISHED or call.filing_deadline is None or call.filing_deadline <= timezone.now():
        return Reason(
            "filing_over",
            _("Filing for this call does not run any more."),
            _("A deadline is moved before it passes: what was not submitted has expired since."),
        )
    if call.filing_deadline != extension.filing_before:
        return Reason(
            "moved_already", _("The deadline was moved meanwhile."), _("Withdraw this extension and propose another.")
        )
    return None
