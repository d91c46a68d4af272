"""What begins with a signed contract: the ledger, the milestones, the plan of payments, the reports."""

from __future__ import annotations

import datetime as dt

from projects.actions.acceptance import set_acceptance
from projects.actions.ledger import open_ledger
from projects.actions.payment_plan import plan_payments
from projects.actions.reports import set_reports
from projects.models import Milestone, Project
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM


def begin_running(*, project: Project) -> None:
    """Open the books of a project whose contract all have signed. A second call changes nothing."""
    with unit():
        open_ledger(project=project)
        set_milestones(project=project)
        plan_payments(project=project)
        set_reports(project=project)
        set_acceptance(project=project)


def set_milestones(*, project: Project) -> list[Milestone]:
    """The milestones of the contract, each due on the last day of its year within the term."""
    if Milestone.objects.filter(project=project).exists():
        return []
    rows = sorted(project.contract.content.get("milestones", []), key=lambda row: int(row["year"]))
    found = Milestone.objects.bulk_create(
        Milestone(
            project=project,
            number=number,
            due_on=min(dt.date(int(row["year"]), 12, 31), project.ends_on),
            text=str(row["text"]),
        )
        for number, row in enumerate(rows, start=1)
    )
    days = {str(one.number): one.due_on.isoformat() for one in found}
    journal.append(action="projects.milestones.set", subject=project, by=SYSTEM, data={"due": days})
    return found
