"""The relay: takes due messages out of the outbox and has their task run, in-process or on a worker."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import Any

from celery import Task
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from workflows.effects import EFFECTS
from workflows.enums import OutboxState
from workflows.models import OutboxMessage

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=5)
# A worker may have many messages before this one.
BROKER_LEASE = dt.timedelta(minutes=30)
BROKER_PAUSE = dt.timedelta(seconds=30)
MOST_ATTEMPTS = 8
_bell = threading.Event()


def ring() -> None:
    """Wake the relay: something was queued."""
    _bell.set()


def wait_for_bell(seconds: float) -> None:
    """Sleep until rung or until `seconds` have passed."""
    _bell.wait(seconds)
    _bell.clear()


def due() -> models.QuerySet[OutboxMessage]:
    """What can be delivered now: waiting and due, or leased to somebody who has not come back."""
    now = timezone.now()
    waiting = models.Q(state=OutboxState.WAITING, not_before__lte=now)
    lost = models.Q(state=OutboxState.LEASED, lease_until__lt=now)
    return OutboxMessage.objects.filter(waiting | lost).order_by("pk")


def claim(limit: int = 50) -> list[int]:
    """Lease up to `limit` due messages to this relay; their primary keys."""
    with transaction.atomic():
        rows = due().select_for_update(
            skip_locked=transaction.get_connection().features.has_select_for_update_skip_locked
        )
        ids = list(rows.values_list("pk", flat=True)[:limit])
        lease = BROKER_LEASE if settings.CELERY_BROKER_URL else LEASE
        OutboxMessage.objects.filter(pk__in=ids).update(
            state=OutboxState.LEASED, lease_until=timezone.now() + lease, attempts=models.F("attempts") + 1
        )
    return ids


def bury() -> int:
    """Give up what was taken as often as may be and never came back (it kills its worker); how many."""
    lost = OutboxMessage.objects.filter(
        state=OutboxState.LEASED, lease_until__lt=timezone.now(), attempts__gte=MOST_ATTEMPTS
    )
    return lost.update(state=OutboxState.DEAD, lease_until=None, last_error="the worker was lost at every attempt")


def run_once(limit: int = 50) -> int:
    """Deliver what is due, once; how many messages were taken."""
    bury()
    ids = claim(limit)
    for message in OutboxMessage.objects.filter(pk__in=ids).order_by("pk"):
        hand_over(message)
    return len(ids)


def hand_over(message: OutboxMessage) -> None:
    """Give one leased message to its task: to a worker where there is a broker, else here and now."""
    task = EFFECTS.get(message.kind)
    if task is None:
        _failed(message, f"no handler for {message.kind}")
    elif settings.CELERY_BROKER_URL:
        _send(task, message)
    else:
        task.apply(args=(message.pk,))


def _send(task: Task[Any, Any], message: OutboxMessage) -> None:
    try:
        task.apply_async(args=(message.pk,))
    except OperationalError as error:
        logger.warning("the broker does not answer: %s", error)
        _put_back(message, f"broker: {error}")


def _put_back(message: OutboxMessage, error: str) -> None:
    """An attempt that never began does not count: however long the broker is away, nothing is given up."""
    _held(message).update(
        state=OutboxState.WAITING,
        attempts=models.F("attempts") - 1,
        not_before=timezone.now() + BROKER_PAUSE,
        lease_until=None,
        last_error=error[:2000],
    )


def deliver(message_id: int, handler: Callable[[str, dict[str, Any]], None]) -> None:
    """The body of every effect's task: run the handler once, note success or failure."""
    message = OutboxMessage.objects.get(pk=message_id)
    if message.state != OutboxState.LEASED:
        return
    try:
        handler(message.key, message.payload)
    except Exception as error:
        logger.exception("effect %s failed", message.key)
        _failed(message, f"{type(error).__name__}: {error}")
        return
    _held(message).update(state=OutboxState.DONE, done_at=timezone.now(), last_error="", lease_until=None)


def _held(message: OutboxMessage) -> models.QuerySet[OutboxMessage]:
    """The message as long as this attempt still holds it; empty when its lease ran out and another took it."""
    return OutboxMessage.objects.filter(pk=message.pk, state=OutboxState.LEASED, attempts=message.attempts)


def _failed(message: OutboxMessage, error: str) -> None:
    dead = message.attempts >= MOST_ATTEMPTS
    _held(message).update(
        state=OutboxState.DEAD if dead else OutboxState.WAITING,
        not_before=timezone.now() + dt.timedelta(seconds=10 * 2**message.attempts),
        lease_until=None,
        last_error=error[:2000],
    )
