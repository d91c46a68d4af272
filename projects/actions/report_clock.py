"""The clock of a report: a warning before it is due; when it is late, those who answer for it are told."""

from __future__ import annotations

import datetime as dt

from projects.definitions.report import report_rules
from projects.models import Report
from projects.notices_of_reports import tell_overdue, tell_warning
from workflows.actions.deadlines import meet_deadline, set_deadline
from workflows.actors import SYSTEM
from workflows.deadlines import DeadlineKind, register
from workflows.models import Deadline

KIND = "projects.report"


def start(report: Report, due_at: dt.datetime) -> None:
    """Run until `due_at`, with a warning before it by the rule."""
    warn_at = due_at - dt.timedelta(days=report_rules().warn_days)
    set_deadline(subject=report, kind=KIND, due_at=due_at, warn_at=warn_at, by=SYSTEM)


def stop(report: Report) -> None:
    """It is submitted."""
    meet_deadline(subject=report, kind=KIND, by=SYSTEM)


def register_clock() -> None:
    """Called once when the room is ready."""
    register(DeadlineKind(KIND, on_warn=_warn, on_expire=_expire))


def _warn(deadline: Deadline) -> None:
    tell_warning(_report(deadline))


def _expire(deadline: Deadline) -> None:
    tell_overdue(_report(deadline))


def _report(deadline: Deadline) -> Report:
    found: Report = Report.objects.select_related("project__organisation").get(pk=deadline.subject_id)
    return found
