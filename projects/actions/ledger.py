"""Writing the ledger of a project: opened by the signed contract, changed by adjustments that count."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F

from directory.models import Organisation
from projects.definitions.budget import budget_rules
from projects.models import Adjustment, AdjustmentLine, LedgerLine, Project
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM


def open_ledger(*, project: Project) -> list[LedgerLine]:
    """The ledger as the contract gives it, a line for each category; nothing for a lump sum (domain 1.4).

    A second call changes nothing.
    """
    given = {line["category"]: Decimal(line["fiscal"]) for line in project.contract.content.get("budget", [])}
    codes = [row.code for row in budget_rules().categories]
    if LedgerLine.objects.filter(project=project).exists() or not set(given) <= set(codes):
        return []
    with unit():
        lines = LedgerLine.objects.bulk_create(
            LedgerLine(
                project=project,
                category=code,
                organisation_id=project.organisation_id,
                opening=given.get(code, Decimal(0)),
                approved=given.get(code, Decimal(0)),
            )
            for code in codes
        )
        amounts = {str(line.pk): str(line.opening) for line in lines}
        journal.append(action="projects.ledger.open", subject=project, by=SYSTEM, data={"amounts": amounts})
    return lines


def move_ledger(*, project: Project, to: Organisation) -> None:
    """Hand the lines of the host over to the organisation that follows it. The caller holds the lock of the project."""
    lines = [line for line in locked_ledger(project_id=project.pk) if line.organisation_id == project.organisation_id]
    LedgerLine.objects.filter(pk__in=[line.pk for line in lines]).update(organisation=to)
    if lines:
        data = {"from": project.organisation_id, "to": to.pk, "lines": [line.pk for line in lines]}
        journal.append(action="projects.ledger.move", subject=project, by=SYSTEM, data=data)


def locked_ledger(*, project_id: int) -> list[LedgerLine]:
    """The lines under their locks, always taken in the same order. Only inside a unit of work."""
    rows = LedgerLine.objects.select_for_update(of=("self",)).select_related("organisation")
    return list(rows.filter(project=project_id).order_by("pk"))


def apply_changes(*, adjustment: Adjustment) -> None:
    """Add the lines of an adjustment to the ledger. The caller holds the locks and has asked the rules."""
    for row in AdjustmentLine.objects.filter(adjustment=adjustment).order_by("line"):
        LedgerLine.objects.filter(pk=row.line_id).update(approved=F("approved") + row.change)
