"""The relay: takes due messages out of the outbox and has their task run, in-process or on a worker."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from workflows.effects import EFFECTS
from workflows.enums import OutboxState
from workflows.models import OutboxMessage

logger = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=5)
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
        OutboxMessage.objects.filter(pk__in=ids).update(
            state=OutboxState.LEASED, lease_until=timezone.now() + LEASE, attempts=models.F("attempts") + 1
        )
    return ids


def run_once(limit: int = 50) -> int:
    """Deliver what is due, once; how many messages were taken."""
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
        task.apply_async(args=(message.pk,))
    else:
        task.apply(args=(message.pk,))


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
    OutboxMessage.objects.filter(pk=message_id).update(
        state=OutboxState.DONE, done_at=timezone.now(), last_error="", lease_until=None
    )


def _failed(message: OutboxMessage, error: str) -> None:
    dead = message.attempts >= MOST_ATTEMPTS
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=OutboxState.DEAD if dead else OutboxState.WAITING,
        not_before=timezone.now() + dt.timedelta(seconds=10 * 2**message.attempts),
        lease_until=None,
        last_error=error[:2000],
    )
