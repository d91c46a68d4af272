"""Reports: owed by the rules as a project begins, written, submitted, endorsed, accepted or returned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from directory.queries.calendar import end_of_working_day
from projects import rules as who
from projects.actions.report_clock import start, stop
from projects.definitions.report import report_rules
from projects.enums import ReportKind
from projects.models import Project, Report
from projects.notices_of_reports import tell_decided
from projects.queries.delegations import behalf
from projects.queries.reports import duties, frozen
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused, Stale


@dataclass(frozen=True)
class Texts:
    """What people write in a report."""

    progress: str
    problems: str
    next_steps: str


def set_reports(*, project: Project, after: dt.datetime | None = None) -> list[Report]:
    """The reports that the rules ask of a project, with their clocks. A second call changes nothing.

    after -- leave out those that were due by then.
    """
    if Report.objects.filter(project=project).exists():
        return []
    with unit():
        made = [
            Report.objects.create(project=project, kind=kind, year=year, due_at=due_at)
            for kind, year, due_at in duties(project)
            if after is None or due_at > after
        ]
        for one in made:
            start(one, one.due_at)
        days = {f"{one.kind} {one.year}": one.due_at.isoformat() for one in made}
        journal.append(action="projects.reports.set", subject=project, by=SYSTEM, data={"due": days})
    return made


def add_reports(*, project: Project) -> list[Report]:
    """The annual reports of the years that a longer term has added, with their clocks."""
    years = set(Report.objects.filter(project=project, kind=ReportKind.ANNUAL).values_list("year", flat=True))
    added = [one for one in duties(project) if one[0] == ReportKind.ANNUAL and one[1] not in years]
    with unit():
        made = [Report.objects.create(project=project, kind=kind, year=year, due_at=at) for kind, year, at in added]
        for one in made:
            start(one, one.due_at)
        days = {f"{one.kind} {one.year}": one.due_at.isoformat() for one in made}
        journal.append(action="projects.reports.set", subject=project, by=SYSTEM, data={"due": days})
    return made


def save_report(*, report: Report, texts: Texts, expected_version: int, by: User) -> Report:
    """Keep what was written so far.

    NotAllowed for others than the investigator and a delegate; Refused once it was submitted; Stale where it was saved
    in another place since it was opened.
    """
    if not who.writes_report(report, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not row.is_open:
            raise Refused(Reason("wrong_state", _("The report is submitted already."), _("Look at the record.")))
        if row.version != expected_version:
            text = _("The report was saved in another place since you opened it.")
            raise Stale(Reason("stale", text, _("Copy your text, open it again and save.")))
        row.progress, row.problems, row.next_steps = texts.progress, texts.problems, texts.next_steps
        row.version += 1
        row.save()
        data = {"sha256": digest(vars(texts)), "version": row.version}
        on_behalf = behalf(report.project, by)
        journal.append(action="projects.report.save", subject=row, by=by, on_behalf=on_behalf, data=data)
    report.refresh_from_db()
    return report


def submit_report(*, report: Report, by: User, note: str = "") -> Report:
    """Submit it with the figures as they stand now."""
    with unit():
        content = frozen(report)
        with perform(report, "submit", by=by, note=note, data={"sha256": digest(content)}) as row:
            row.content, row.sha256 = content, digest(content)
            row.submitted_at = row.submitted_at or timezone.now()
        stop(report)
    return report


def endorse_report(*, report: Report, by: User, note: str = "") -> Report:
    """The host stands behind it."""
    with perform(report, "endorse", by=by, note=note):
        pass
    return report


def accept_report(*, report: Report, by: User, note: str = "") -> Report:
    """The department accepts it."""
    with unit():
        with perform(report, "accept", by=by, note=note):
            pass
        tell_decided(report, "accept", note=note)
    return report


def return_by_organisation(*, report: Report, by: User, note: str = "") -> Report:
    """The host sends it back with a reason."""
    return _send_back(report, "return_by_organisation", by, note)


def return_by_department(*, report: Report, by: User, note: str = "") -> Report:
    """The department sends it back with a reason."""
    return _send_back(report, "return_by_department", by, note)


def _send_back(report: Report, name: str, by: User, note: str) -> Report:
    with unit():
        with perform(report, name, by=by, note=note):
            pass
        start(report, _after_return())
        tell_decided(report, "return", note=note)
    return report


def _after_return() -> dt.datetime:
    return end_of_working_day(timezone.now(), report_rules().after_return_working_days)
