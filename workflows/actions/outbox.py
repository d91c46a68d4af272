"""Queueing effects. Delivery is the relay's work (`workflows.relay`)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from workflows.models import OutboxMessage


def queue(
    *, kind: str, key: str, payload: dict[str, Any] | None = None, not_before: dt.datetime | None = None
) -> OutboxMessage:
    """Queue one effect in the present transaction. The same key queues once; the first payload stays.

    kind -- the name of a handler registered with `workflows.effects.effect`.
    """
    from workflows.relay import ring

    message, fresh = OutboxMessage.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "payload": payload or {}, "not_before": not_before or timezone.now()},
    )
    if fresh:
        transaction.on_commit(ring)
    return message
