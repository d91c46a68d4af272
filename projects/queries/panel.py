"""What the panels of the review decided about proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from experts.queries.meeting import Decision, decisions
from projects.models import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable


def panel_decisions(proposals: Iterable[Proposal]) -> dict[int, Decision]:
    """The latest decision about each proposal, by primary key, from meetings with confirmed minutes: one query."""
    found = decisions(Proposal._meta.label_lower, [str(one.pk) for one in proposals])
    return {int(subject): decision for subject, decision in found.items()}


def panel_reason(decision: Decision) -> str:
    """The reason of a departure that a panel decided: its own words, or which meeting it was."""
    return decision.reason or _("Decision of the panel meeting “%(meeting)s”") % {"meeting": decision.meeting}
