"""The clock of an acceptance: a warning before it is due; when it is late, those who answer for it are told."""

from __future__ import annotations

import datetime as dt

from projects.definitions.acceptance import acceptance_rules
from projects.models import Acceptance
from projects.notices_of_acceptance import tell_overdue, tell_warning
from workflows.actions.deadlines import meet_deadline, set_deadline
from workflows.actors import SYSTEM
from workflows.deadlines import DeadlineKind, register
from workflows.models import Deadline

KIND = "projects.acceptance"


def start(acceptance: Acceptance, due_at: dt.datetime) -> None:
    """Run until `due_at`, with a warning before it by the rule."""
    warn_at = due_at - dt.timedelta(days=acceptance_rules().warn_days)
    set_deadline(subject=acceptance, kind=KIND, due_at=due_at, warn_at=warn_at, by=SYSTEM)


def stop(acceptance: Acceptance) -> None:
    """It is filed."""
    meet_deadline(subject=acceptance, kind=KIND, by=SYSTEM)


def register_clock() -> None:
    """Called once when the room is ready."""
    register(DeadlineKind(KIND, on_warn=_warn, on_expire=_expire))


def _warn(deadline: Deadline) -> None:
    tell_warning(_acceptance(deadline))


def _expire(deadline: Deadline) -> None:
    tell_overdue(_acceptance(deadline))


def _acceptance(deadline: Deadline) -> Acceptance:
    found: Acceptance = Acceptance.objects.select_related("project__organisation").get(pk=deadline.subject_id)
    return found
