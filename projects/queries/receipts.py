"""Receipts: which version stands, and what a person needs to prove that it arrived."""

from __future__ import annotations

from typing import Any

from projects.enums import ProposalState
from projects.models import Proposal, ProposalVersion


def receipt_of(proposal: Proposal, key: str) -> ProposalVersion | None:
    """The version sent under `key`, or the one that stands submitted; None when there is neither."""
    sent = proposal.versions.filter(key=key).first()
    if sent is not None:
        return sent
    return proposal.current_version if proposal.state == ProposalState.SUBMITTED else None


def reads_files(user: Any, proposal: Proposal) -> bool:
    """Whether the user reads the files of the proposal: exactly those who see it."""
    return bool(Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists())


def is_frozen(file: Any) -> bool:
    """Whether a submitted version holds this file, so that removing it from the draft does not take it away."""
    contents = ProposalVersion.objects.filter(proposal=file.subject_id).values_list("content", flat=True)
    return any(str(file.uid) == one["uid"] for content in contents for one in content.get("files", ()))
