"""Conditions of a proposal's transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import FindingLevel, FindingVerdict
from projects.queries.limits import filing_limit, recommendation_limit
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Proposal


def proposal_is_complete(proposal: Proposal) -> list[Reason]:
    """No section has a problem that blocks submitting; each problem is named with its section."""
    from projects.queries.problems import blocking_reasons

    return blocking_reasons(proposal)


def before_filing_deadline(proposal: Proposal) -> Reason | None:
    """The filing deadline (or the one given with a return) has not passed."""
    limit = filing_limit(proposal)
    if limit is not None and timezone.now() < limit:
        return None
    return Reason("deadline_passed", _("The filing deadline has passed."), "")


def can_still_come_back(proposal: Proposal) -> Reason | None:
    """A proposal returned now could be submitted again in time."""
    if before_filing_deadline(proposal) is None:
        return None
    return Reason(
        "cannot_come_back",
        _("The filing deadline has passed: a returned proposal could not be submitted again."),
        _("Pass it on, or refuse it with your reasons."),
    )


def recommendation_still_possible(proposal: Proposal) -> Reason | None:
    """The recommendation deadline of the call (or what a return made of it) has not passed."""
    limit = recommendation_limit(proposal)
    if limit is not None and timezone.now() < limit:
        return None
    return Reason(
        "recommendation_deadline_passed",
        _("The recommendation deadline of this call has passed."),
        _("Ask the contact for recommendation named in the call."),
    )


def call_needs_no_recommendation(proposal: Proposal) -> Reason | None:
    """The plan of the call has no recommendation step, or the host has no authority above it."""
    plan = proposal.call.plan or {}
    if not plan.get("recommendation", True) or proposal.organisation.authority_id is None:
        return None
    return Reason("needs_recommendation", _("The call asks for a recommendation."), "")


def findings_are_decided(proposal: Proposal) -> Reason | None:
    """The checks ran, and the officer has decided on each finding that did not pass."""
    findings = list(proposal.findings.all())
    if not findings:
        return Reason("not_checked", _("The eligibility check has not run yet."), _("Run the check first."))
    count = sum(1 for one in findings if one.level != FindingLevel.PASSED and one.verdict == FindingVerdict.OPEN)
    if count == 0:
        return None
    return Reason(
        "findings_open",
        _("Findings still wait for your decision: %(count)d.") % {"count": count},
        _("Confirm or overrule each of them."),
    )


def no_finding_stands(proposal: Proposal) -> Reason | None:
    """No failed finding was confirmed."""
    stands = proposal.findings.filter(level=FindingLevel.FAILED, verdict=FindingVerdict.CONFIRMED).exists()
    if not stands:
        return None
    return Reason(
        "finding_stands",
        _("A failed finding was confirmed: the proposal does not pass."),
        _("Choose “Does not pass”, or overrule the finding with a reason."),
    )
