"""The clock of whoever decides on a change of a budget: working days by the rule rows, warning, escalation."""

from __future__ import annotations

from django.utils import timezone

from directory.queries.calendar import end_of_working_day
from projects.channel.rules import Clock
from projects.enums import AdjustmentRoute, AdjustmentState
from projects.models import Adjustment
from projects.notices_of_adjustments import tell_deciders, tell_escalated
from projects.queries.kept_rules import channel_rules_of
from workflows.actions.deadlines import meet_deadline, set_deadline
from workflows.actors import SYSTEM
from workflows.deadlines import DeadlineKind, register
from workflows.models import Deadline

KIND = "projects.adjustment"
WHOSE = {
    AdjustmentState.WITH_ORGANISATION: AdjustmentRoute.ORGANISATION,
    AdjustmentState.WITH_DEPARTMENT: AdjustmentRoute.DEPARTMENT,
}


def start(adjustment: Adjustment) -> None:
    """Start the clock of whoever has it now, and tell them."""
    now, rule = timezone.now(), clock_of(adjustment)
    due_at = end_of_working_day(now, rule.working_days)
    warn_at = end_of_working_day(now, rule.warn_after)
    Adjustment.objects.filter(pk=adjustment.pk).update(due_at=due_at)
    adjustment.refresh_from_db()
    set_deadline(subject=adjustment, kind=KIND, due_at=due_at, warn_at=warn_at, by=SYSTEM)
    tell_deciders(adjustment, "ask")


def stop(adjustment: Adjustment) -> None:
    """It is decided, or taken back."""
    meet_deadline(subject=adjustment, kind=KIND, by=SYSTEM)


def clock_of(adjustment: Adjustment) -> Clock:
    """The row of whoever has the adjustment now, of the version that its project keeps."""
    return channel_rules_of(adjustment.project).clock(WHOSE[AdjustmentState(adjustment.state)])


def warn(deadline: Deadline) -> None:
    """Remind those who decide."""
    tell_deciders(_adjustment(deadline), "warn")


def expire(deadline: Deadline) -> None:
    """Too late: silence is consent where the row says so and the organisation's word is the last; else escalate."""
    from projects.actions.adjustment_decision import consent_by_silence

    adjustment = _adjustment(deadline)
    last_word = adjustment.route == AdjustmentRoute.ORGANISATION
    if clock_of(adjustment).silence == "consent" and last_word and consent_by_silence(adjustment=adjustment):
        return
    tell_escalated(adjustment)


def register_clock() -> None:
    """Called once when the room is ready."""
    register(DeadlineKind(KIND, on_warn=warn, on_expire=expire))


def _adjustment(deadline: Deadline) -> Adjustment:
    found: Adjustment = Adjustment.objects.select_related("project__organisation").get(pk=deadline.subject_id)
    return found
