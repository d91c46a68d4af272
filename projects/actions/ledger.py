"""Writing the ledger of a project: opened by the signed contract, changed by adjustments that count."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import F

from directory.models import Organisation
from projects.models import Adjustment, AdjustmentLine, LedgerLine, Project
from projects.queries.kept_rules import scheme_of
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM


def open_ledger(*, project: Project) -> list[LedgerLine]:
    """The ledger as the contract gives it, a line for each category of its scheme; nothing for a lump sum (domain 1.4).

    Where the contract spreads the budget over sub-projects and organisations, each of those parts has all lines.
    A second call changes nothing.
    """
    content = project.contract.content
    codes = scheme_of(project).codes
    named = {one["category"] for one in content.get("budget", [])}
    if LedgerLine.objects.filter(project=project).exists() or not named <= set(codes):
        return []
    parts = _parts(project, content)
    with unit():
        lines = LedgerLine.objects.bulk_create(
            LedgerLine(
                project=project,
                category=code,
                topic=topic,
                organisation_id=organisation,
                opening=given.get(code, Decimal(0)),
                approved=given.get(code, Decimal(0)),
            )
            for (topic, organisation), given in parts.items()
            for code in codes
        )
        amounts = {str(line.pk): str(line.opening) for line in lines}
        journal.append(action="projects.ledger.open", subject=project, by=SYSTEM, data={"amounts": amounts})
    return lines


Parts = dict[tuple[str, int], dict[str, Decimal]]


def _parts(project: Project, content: dict[str, Any]) -> Parts:
    """Fiscal yuan by category for each sub-project and organisation; one part, the host's, without a spread."""
    rows = content.get("shares") or content.get("budget", [])
    uids = [row["uid"] for row in rows if row.get("uid")]
    known = {str(uid): pk for pk, uid in Organisation.objects.filter(uid__in=uids).values_list("pk", "uid")}
    found: Parts = {}
    for row in rows:
        # An organisation that the directory does not know by this name any more keeps its lines apart by its name.
        stranger = "" if not row.get("organisation") or row.get("uid") in known else row["organisation"]
        topic = " · ".join(part for part in (row.get("topic", ""), stranger) if part)[:120]
        part = found.setdefault((topic, known.get(row.get("uid", ""), project.organisation_id)), {})
        part[row["category"]] = part.get(row["category"], Decimal(0)) + Decimal(row["fiscal"])
    return found


def move_ledger(*, project: Project, to: Organisation) -> None:
    """Hand the lines of the host over to the organisation that follows it. The caller holds the lock of the project.

    Where that takes part already, what comes to it stays apart under the name of the former host.
    """
    whole = locked_ledger(project_id=project.pk)
    lines = [line for line in whole if line.organisation_id == project.organisation_id]
    held = {(line.category, line.topic) for line in whole if line.organisation_id == to.pk}
    for line in lines:
        if (line.category, line.topic) in held:
            line.topic = " · ".join(part for part in (line.topic, line.organisation.name) if part)[:120]
        line.organisation = to
    LedgerLine.objects.bulk_update(lines, ["organisation", "topic"])
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
