"""The text a contract begins with: the frozen proposal, cut to the money granted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from projects.definitions.form import BUDGET_LISTS, FieldKind, Form
from projects.queries.contract_spread import shares, years
from projects.queries.kept_rules import scheme_of
from projects.shares import split

if TYPE_CHECKING:
    from projects.models import Project


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
        **_lists(project, answers, frozen.get("budget", [])),
        **({"commitment": frozen["commitment"]} if "commitment" in frozen else {}),
        "budget": scaled(frozen.get("budget", []), project.grant),
        "team": frozen.get("team", []),
        "starts_on": project.starts_on.isoformat(),
        "ends_on": project.ends_on.isoformat(),
    }


def _find(answers: dict[str, dict[str, Any]], field: str) -> Any:
    return next((section[field] for section in answers.values() if section.get(field)), None)


def _lists(project: Project, answers: dict[str, dict[str, Any]], asked: list[dict[str, str]]) -> dict[str, Any]:
    """The lists that go with the budget, those that were filled.

    Years and shares are cut as the budget is; to shorten the list of equipment is left to the investigator.
    """
    form = Form.model_validate(project.proposal.call.form)
    ids = {one.kind: one.id for one in form.all_fields() if one.kind in BUDGET_LISTS}
    rows = {kind: _find(answers, name) for kind, name in ids.items()}
    found = {
        "equipment": rows.get(FieldKind.EQUIPMENT),
        "years": years(rows.get(FieldKind.YEARS) or [], project.grant),
        "shares": shares(rows.get(FieldKind.SHARES) or [], scaled(asked, project.grant), scheme_of(project)),
    }
    return {name: kept for name, kept in found.items() if kept}


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
    amounts = split([Decimal(line["fiscal"]) for line in lines], grant)
    return [{**line, "fiscal": str(amount)} for line, amount in zip(lines, amounts, strict=True)]
