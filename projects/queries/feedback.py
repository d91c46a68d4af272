"""When the opinions about the proposals of a call may go to the applicants: the plan of the call names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from projects.definitions.plan import Plan
from projects.enums import FeedbackAfter, ProposalState
from projects.models import Call
from workflows.errors import Reason

if TYPE_CHECKING:
    from experts.models import ReviewRound

REFERENCE = "projects.call:"
UNDECIDED = (ProposalState.IN_REVIEW, ProposalState.REVIEWED, ProposalState.PROPOSED)
OPEN = {
    FeedbackAfter.LIST: UNDECIDED,
    FeedbackAfter.DECISION: (*UNDECIDED, ProposalState.ON_NOTICE, ProposalState.ON_HOLD),
}


def opinions_gate(review_round: ReviewRound) -> list[Reason]:
    """Why the opinions of a round that a call ordered may not go out yet; empty for other rounds."""
    if not review_round.reference.startswith(REFERENCE):
        return []
    call = Call.objects.get(pk=int(review_round.reference.removeprefix(REFERENCE)))
    after = FeedbackAfter(Plan.model_validate(call.plan or {}).feedback_after)
    if after == FeedbackAfter.NEVER:
        return [Reason("plan_never", _("By the plan of this call, opinions are not sent to applicants."))]
    waiting = call.proposals.filter(state__in=OPEN[after]).count()
    if not waiting:
        return []
    told = _("By the plan of this call, opinions go out: %(when)s. Proposals that still wait for it: %(count)d.")
    return [Reason("not_decided", told % {"when": after.label, "count": waiting})]
