"""The host organisation's part: endorse, return, refuse; one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable

from projects.actions.step import Outcome, each, step
from projects.conditions import call_needs_no_recommendation
from projects.models import Proposal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor


def endorse_proposal(*, proposal: Proposal, by: Actor, note: str = "", expected_version: int | None = None) -> Proposal:
    """Endorse; where the call or the host needs no recommendation, the proposal goes on to the department at once."""
    with unit():
        with step(proposal, "endorse", by=by, note=note, expected_version=expected_version):
            pass
        if call_needs_no_recommendation(proposal) is None:
            with step(proposal, "pass_on", by=SYSTEM):
                pass
    return proposal


def return_by_organisation(*, proposal: Proposal, by: Actor, note: str) -> Proposal:
    """Send the proposal back to the applicant with what is to be corrected. Refused once it could not come back."""
    with step(proposal, "return_by_organisation", by=by, note=note):
        pass
    return proposal


def refuse_endorsement(*, proposal: Proposal, by: Actor, note: str) -> Proposal:
    """Refuse for good, with reasons."""
    with step(proposal, "refuse_endorsement", by=by, note=note):
        pass
    return proposal


def endorse_batch(*, proposals: Iterable[Proposal], by: Actor, note: str = "") -> list[Outcome]:
    """Endorse many with one note; what became of each, in the order given."""
    return each(proposals, lambda proposal: endorse_proposal(proposal=proposal, by=by, note=note))
