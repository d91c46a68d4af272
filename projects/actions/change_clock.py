"""The clock of whoever decides on a change of a project: working days by its rules, warning, escalation."""

from __future__ import annotations

from django.utils import timezone

from directory.queries.calendar import end_of_working_day
from projects.enums import ChangeState
from projects.models import ProjectChange
from projects.notices_of_changes import tell_deciders, tell_escalated
from projects.queries.deciding_changes import CLOCKS
from projects.queries.kept_rules import contract_rules_of
from workflows.actions.deadlines import meet_deadline, set_deadline
from workflows.actors import SYSTEM
from workflows.deadlines import DeadlineKind, register
from workflows.models import Deadline

KIND = "projects.change"


def start(change: ProjectChange) -> None:
    """Start the clock of whoever has it now, and tell them."""
    now, rule = timezone.now(), contract_rules_of(change.project).clock_of(CLOCKS[ChangeState(change.state)])
    due_at = end_of_working_day(now, rule.working_days)
    warn_at = end_of_working_day(now, rule.warn_after)
    ProjectChange.objects.filter(pk=change.pk).update(due_at=due_at)
    change.refresh_from_db()
    set_deadline(subject=change, kind=KIND, due_at=due_at, warn_at=warn_at, by=SYSTEM)
    tell_deciders(change, "ask")


def stop(change: ProjectChange) -> None:
    """It is decided, or taken back."""
    meet_deadline(subject=change, kind=KIND, by=SYSTEM)


def register_clock() -> None:
    """Called once when the room is ready."""
    register(DeadlineKind(KIND, on_warn=_warn, on_expire=_expire))


def _warn(deadline: Deadline) -> None:
    tell_deciders(_change(deadline), "warn")


def _expire(deadline: Deadline) -> None:
    """Silence decides nothing: the officers and who asked know of it."""
    tell_escalated(_change(deadline))


def _change(deadline: Deadline) -> ProjectChange:
    found: ProjectChange = ProjectChange.objects.select_related("project__organisation", "asked_by").get(
        pk=deadline.subject_id
    )
    return found
