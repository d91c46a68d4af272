"""The problems of a proposal, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Proposal


def blocking_reasons(proposal: Proposal) -> list[Reason]:
    """One Reason per problem that blocks submitting; empty when the proposal is ready."""
    raise NotImplementedError(proposal)
