"""What a report says by itself, what follows when it is late, and which reports a project owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.queries.calendar import add_working_days
from projects.budget import ZERO
from projects.definitions.report import report_rules
from projects.enums import MilestoneState, ReportKind, ResultKind
from projects.models import Milestone, Project, Report
from projects.queries.payments import money_sums
from projects.queries.results import as_rows
from projects.queries.spending import used_by_category, whole

Duty = tuple[ReportKind, int, dt.datetime]


def duties(project: Project) -> Iterator[Duty]:
    """The reports that the rules ask of a project: kind, year, by when."""
    annual = report_rules().annual
    for year in range(project.starts_on.year, project.ends_on.year + 1):
        day = dt.date(year, annual.month, annual.day)
        if _months(project.starts_on, day) >= annual.least_months and day <= project.ends_on:
            yield ReportKind.ANNUAL, year, _end_of(day)
    midterm = report_rules().midterm
    if _months(project.starts_on, project.ends_on) >= midterm.least_months:
        day = project.starts_on + (project.ends_on - project.starts_on) * midterm.percent_of_term / 100
        yield ReportKind.MIDTERM, day.year, _end_of(day)


def _months(first: dt.date, last: dt.date) -> int:
    """The whole months of a span of days, both included: a term of full years has twelve each."""
    end = last + dt.timedelta(days=1)
    return (end.year - first.year) * 12 + end.month - first.month - (end.day < first.day)


def _end_of(day: dt.date) -> dt.datetime:
    """The midnight after `day`, or after the next working day where offices are closed."""
    working = add_working_days(day - dt.timedelta(days=1), 1)
    return timezone.make_aware(dt.datetime.combine(working + dt.timedelta(days=1), dt.time.min))


def figures(project: Project, year: int | None = None) -> dict[str, Any]:
    """What the department knows of a project, as plain data: amounts in yuan as text; results of `year`, or all."""
    sums, used = money_sums(project), used_by_category(project)
    rows = Milestone.objects.filter(project=project).order_by("number")
    return {
        "money": {name: _yuan(value) for name, value in vars(sums).items()},
        "spent": _yuan(whole(used, sums.total).spent),
        "spending": [
            {
                "category": one.code,
                "approved": _yuan(one.approved),
                "spent": _yuan(one.spent),
                "own": _yuan(one.own_spent),
            }
            for one in used
        ],
        "milestones": [
            {"number": one.number, "due_on": one.due_on.isoformat(), "text": one.text, "state": str(one.state)}
            for one in rows
        ],
        "results": as_rows(project, year),
    }


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"


def figures_of(report: Report) -> dict[str, Any]:
    """The figures that go with a report: an annual one names the results of its year, another one all."""
    return figures(report.project, report.year if report.kind == ReportKind.ANNUAL else None)


def frozen(report: Report) -> dict[str, Any]:
    """The whole of a report as it is submitted."""
    texts = {name: getattr(report, name) for name in ("progress", "problems", "next_steps")}
    return {"kind": report.kind, "year": report.year, "texts": texts, **figures_of(report)}


def readable(content: dict[str, Any]) -> dict[str, Any]:
    """Figures that were kept as plain data, with amounts as Decimal and milestones with the names of their states."""
    amounts = ("approved", "spent", "own")
    states, kinds = dict(MilestoneState.choices), dict(ResultKind.choices)
    money = {name: Decimal(value) for name, value in content["money"].items()}
    missing = max(money["own_promised"] - money["own_arrived"], ZERO)
    return {
        "money": {**money, "own_missing": missing},
        "spent": Decimal(content["spent"]),
        "spending": [{**row, **{name: Decimal(row[name]) for name in amounts}} for row in content["spending"]],
        "milestones": [
            {**row, "due_on": dt.date.fromisoformat(row["due_on"]), "state": states.get(row["state"], row["state"])}
            for row in content["milestones"]
        ],
        "results": [
            {**row, "dated_on": dt.date.fromisoformat(row["dated_on"]), "kind": kinds.get(row["kind"], row["kind"])}
            for row in content.get("results", [])
        ],
    }


def consequences() -> list[str]:
    """What follows when a report does not come in time, in words."""
    rules, found = report_rules(), []
    if rules.points_lost:
        found.append(_("up to %(points)d points less at the final evaluation") % {"points": rules.points_lost})
    if rules.bars_next_year:
        found.append(_("without a reason the organisation may not lead an application in the next year"))
    if rules.credit_record:
        found.append(_("it is written into the credit record"))
    return found
