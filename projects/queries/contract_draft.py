"""The text a contract begins with: the frozen proposal, cut to the money granted."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any

from projects.definitions.form import FieldKind, Form

if TYPE_CHECKING:
    from projects.models import Project

CENT = Decimal("0.01")


def draft_content(project: Project) -> dict[str, Any]:
    """Title, sides, goals, targets, milestones per year, budget and team as plain data; money in yuan as text.

    The fiscal lines are scaled to the grant; what rounding leaves goes to the largest line, so that they add
    up to it exactly. Own money stays as promised.
    """
    version = project.proposal.current_version
    frozen: dict[str, Any] = version.content if version else {}
    answers = frozen.get("answers", {})
    return {
        "number": project.number,
        "title": project.title,
        "investigator": project.investigator.name,
        "organisation": project.organisation.name,
        "grant": str(project.grant),
        "own": str(project.own),
        "rules": project.rules,
        "version_sha256": version.sha256 if version else "",
        "goals": _find(answers, "goals") or "",
        "targets": _find(answers, "targets") or [],
        "milestones": _milestones(project, _find(answers, "schedule") or []),
        **_equipment(project, answers),
        **({"commitment": frozen["commitment"]} if "commitment" in frozen else {}),
        "budget": scaled(frozen.get("budget", []), project.grant),
        "team": frozen.get("team", []),
        "starts_on": project.starts_on.isoformat(),
        "ends_on": project.ends_on.isoformat(),
    }


def _find(answers: dict[str, dict[str, Any]], field: str) -> Any:
    return next((section[field] for section in answers.values() if section.get(field)), None)


def _equipment(project: Project, answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The list of equipment as it was asked for; a grant that is cut leaves it to the investigator to shorten it."""
    form = Form.model_validate(project.proposal.call.form)
    names = [one.id for one in form.all_fields() if one.kind is FieldKind.EQUIPMENT]
    rows = _find(answers, names[0]) if names else None
    return {"equipment": rows} if rows else {}


def _milestones(project: Project, schedule: list[dict[str, str]]) -> list[dict[str, Any]]:
    years = range(project.starts_on.year, project.ends_on.year + 1)
    return [{"year": year, "text": text} for year in years if (text := _work_of(year, schedule))]


def _work_of(year: int, schedule: list[dict[str, str]]) -> str:
    rows = [row for row in schedule if _year(row.get("from")) <= year <= _year(row.get("to"), 9999)]
    return "\n".join(row.get("work", "") for row in rows)


def _year(text: str | None, missing: int = 0) -> int:
    return dt.date.fromisoformat(text).year if text else missing


def scaled(lines: list[dict[str, str]], grant: Decimal) -> list[dict[str, str]]:
    """`lines` with their fiscal amounts cut in proportion so that they add up to `grant`.

    Without a line of fiscal money the whole grant stands in one line without a category.
    """
    asked = sum((Decimal(line["fiscal"]) for line in lines), Decimal(0))
    if not asked:
        return [{"category": "", "fiscal": str(grant), "own": "0.00", "basis": ""}]
    amounts = [(Decimal(line["fiscal"]) * grant / asked).quantize(CENT, ROUND_DOWN) for line in lines]
    amounts[amounts.index(max(amounts))] += grant - sum(amounts)
    return [{**line, "fiscal": str(amount)} for line, amount in zip(lines, amounts, strict=True)]
