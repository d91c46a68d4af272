"""Setting, meeting, lifting and firing deadlines."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import models
from django.utils import timezone

from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.deadlines import KINDS, REMINDERS, Reminder, Upcoming
from workflows.enums import DeadlineState
from workflows.models import Deadline

logger = logging.getLogger(__name__)


def set_deadline(
    *, subject: models.Model, kind: str, due_at: dt.datetime, by: Actor, warn_at: dt.datetime | None = None
) -> Deadline:
    """Start the clock `kind` of `subject`, or move the one that runs. Raises KeyError for an unknown kind.

    A warning that was given is given again when the clock is moved.
    """
    KINDS[kind]
    with unit():
        deadline, fresh = (
            _running(subject, kind)
            .select_for_update()
            .get_or_create(defaults={"due_at": due_at, "warn_at": warn_at, **_identity(subject, kind)})
        )
        if not fresh:
            deadline.due_at, deadline.warn_at, deadline.warned_at = due_at, warn_at, None
            deadline.save()
        _note("set", deadline, subject, by)
    return deadline


def meet_deadline(*, subject: models.Model, kind: str, by: Actor) -> bool:
    """What was asked for was done in time; whether a clock was running."""
    return _close(subject, kind, DeadlineState.MET, by)


def lift_deadline(*, subject: models.Model, kind: str, by: Actor) -> bool:
    """The clock counts no more; whether one was running."""
    return _close(subject, kind, DeadlineState.LIFTED, by)


def fire_deadlines() -> int:
    """Warn and expire what is due, each exactly once under its lock; how many hooks ran."""
    now = timezone.now()
    running = Deadline.objects.filter(state=DeadlineState.RUNNING)
    late = running.filter(due_at__lte=now).order_by("due_at", "pk")
    early = running.filter(due_at__gt=now, warn_at__lte=now, warned_at=None).order_by("warn_at", "pk")
    warned = sum(_safely(_warn, pk) for pk in early.values_list("pk", flat=True))
    return warned + sum(_safely(_expire, pk) for pk in late.values_list("pk", flat=True))


def remind_due(*, at: dt.datetime | None = None) -> int:
    """Remind of what is due soon, by the shortest span of its reminder that has begun; how many things those are.

    Run often: who was told under a key is not told again. One that fails does not keep the others waiting.
    """
    now = at or timezone.now()
    return sum(_remind_of(reminder, now) for reminder in REMINDERS.values())


def _remind_of(reminder: Reminder, now: dt.datetime) -> int:
    spans = sorted(dt.timedelta(days=days) for days in settings.REMIND_DAYS.get(reminder.code, ()))
    if not spans:
        return 0
    found = list(reminder.upcoming(now, now + spans[-1]))
    return sum(_remind(reminder, one, next(span for span in spans if one.at - now <= span)) for one in found)


def _remind(reminder: Reminder, one: Upcoming, span: dt.timedelta) -> bool:
    key = f"remind:{reminder.code}:{one.name}:{one.at.timestamp():.0f}:{span.days}"
    try:
        with unit():
            reminder.remind(one, key)
    except Exception:
        logger.exception("reminder %s failed", key)
        return False
    return True


def _identity(subject: models.Model, kind: str) -> dict[str, object]:
    return {"kind": kind, "subject_type": subject._meta.label_lower, "subject_id": subject.pk}


def _running(subject: models.Model, kind: str) -> models.QuerySet[Deadline]:
    return Deadline.objects.filter(state=DeadlineState.RUNNING, **_identity(subject, kind))


def _close(subject: models.Model, kind: str, state: DeadlineState, by: Actor) -> bool:
    with unit():
        deadline = _running(subject, kind).select_for_update().first()
        if deadline is None:
            return False
        deadline.state, deadline.closed_at = state, timezone.now()
        deadline.save()
        _note(state.value, deadline, subject, by)
    return True


def _note(what: str, deadline: Deadline, subject: models.Model, by: Actor) -> None:
    data = {"kind": deadline.kind, "due_at": deadline.due_at}
    journal.append(action=f"workflows.deadline.{what}", subject=subject, by=by, data=data)


def _safely(fire: object, pk: int) -> bool:
    """Fire one; a hook that fails must not keep the others waiting."""
    try:
        return bool(fire(pk))  # type: ignore[operator]
    except Exception:
        logger.exception("deadline %s failed", pk)
        return False


def _locked(pk: int) -> Deadline | None:
    """The deadline under its lock, if it still runs."""
    return Deadline.objects.select_for_update().filter(pk=pk, state=DeadlineState.RUNNING).first()


def _warn(pk: int) -> bool:
    with unit():
        deadline = _locked(pk)
        if deadline is None or deadline.warned_at:
            return False
        deadline.warned_at = timezone.now()
        deadline.save()
        hook = KINDS[deadline.kind].on_warn
        if hook:
            hook(deadline)
    return True


def _expire(pk: int) -> bool:
    with unit():
        deadline = _locked(pk)
        if deadline is None or deadline.due_at > timezone.now():
            return False
        deadline.state, deadline.closed_at = DeadlineState.EXPIRED, timezone.now()
        deadline.save()
        _note("expired", deadline, deadline, SYSTEM)
        hook = KINDS[deadline.kind].on_expire
        if hook:
            hook(deadline)
    return True
