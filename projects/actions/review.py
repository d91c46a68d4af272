"""The hand-over to review, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from directory.models import User
from projects import rules as who
from projects.actions.step import step
from projects.enums import ProposalState
from projects.models import Call, Proposal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.errors import NotAllowed, Reason, Refused


def send_call_to_review(*, call: Call, by: User) -> list[Proposal]:
    """Send every eligible proposal of the call to review; those sent before stay where they are.

    Refused while proposals of the call still wait for the check, and when none is eligible.
    """
    if not who.is_officer(call, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        waiting = list(_eligible(call))
        if call.proposals.filter(state=ProposalState.RECOMMENDED).exists():
            raise Refused(Reason("check_running", _("Proposals still wait for the check."), _("Decide on them first.")))
        if not waiting:
            raise Refused(
                Reason("nothing_eligible", _("No proposal is ready for review."), _("Finish the check first."))
            )
        for proposal in waiting:
            with step(proposal, "send_to_review", by=by):
                pass
    return waiting


def send_to_review(*, proposal: Proposal, by: User, note: str = "") -> Proposal:
    """Send the whole call of `proposal` to review: experts compare, so nothing is reviewed alone."""
    send_call_to_review(call=proposal.call, by=by)
    proposal.refresh_from_db()
    return proposal


def _eligible(call: Call) -> list[Proposal]:
    rows = call.proposals.filter(state=ProposalState.ELIGIBLE)
    return list(rows.select_related("call", "organisation", "applicant", "current_version").order_by("pk"))


def finish_reviews(*, scores: Mapping[int, Decimal]) -> list[Proposal]:
    """Take over the scores of a closed round, by primary key; what was taken over before stays as it is."""
    done = []
    for pk, score in sorted(scores.items()):
        proposal = Proposal.objects.get(pk=pk)
        if proposal.state != ProposalState.IN_REVIEW:
            continue
        with step(proposal, "finish_review", by=SYSTEM) as row:
            row.score = score.quantize(Decimal("0.01"))
        done.append(proposal)
    return done
