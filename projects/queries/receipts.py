"""Receipts: which version stands, and what a person needs to prove that it arrived."""

from __future__ import annotations

from projects.enums import ProposalState
from projects.models import Proposal, ProposalVersion


def receipt_of(proposal: Proposal, key: str) -> ProposalVersion | None:
    """The version sent under `key`, or the one that stands submitted; None when there is neither."""
    sent = proposal.versions.filter(key=key).first()
    if sent is not None:
        return sent
    return proposal.current_version if proposal.state == ProposalState.SUBMITTED else None
