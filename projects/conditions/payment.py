"""Conditions of milestones and payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from projects.budget import in_wan
from projects.enums import MilestoneState, ProjectState
from projects.queries.payments import paid_of, total_of
from workflows.errors import Reason

if TYPE_CHECKING:
    from projects.models import Instalment, Milestone, Report


def project_runs(record: Instalment | Milestone | Report) -> Reason | None:
    """The project is under way."""
    if record.project.state == ProjectState.ACTIVE:
        return None
    return Reason("not_active", _("The project is not under way."), _("Look at its contract."))


def condition_is_met(instalment: Instalment) -> Reason | None:
    """The milestone that the instalment waits for is reached."""
    milestone = instalment.milestone
    if milestone is None or milestone.state == MilestoneState.REACHED:
        return None
    return Reason(
        "milestone_ahead",
        _("Milestone %(number)d is not reached yet.") % {"number": milestone.number},
        _("Confirm the milestone first, or change the plan of payments."),
    )


def within_the_budget(instalment: Instalment) -> Reason | None:
    """What is paid stays within the approved budget. The caller holds the locks on project and ledger."""
    total, paid = total_of(instalment.project), paid_of(instalment.project)
    if paid + instalment.amount <= total:
        return None
    return Reason(
        "above_budget",
        _("%(paid)s 万元 of %(total)s 万元 are paid already.") % {"paid": in_wan(paid), "total": in_wan(total)},
        _("Change the plan of payments."),
    )
