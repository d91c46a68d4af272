"""Effects: what the outbox may deliver. Each is a Celery task from the first day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery import Task, shared_task

Handler = Callable[[str, dict[str, Any]], None]
EFFECTS: dict[str, Task[Any, Any]] = {}
_handlers: dict[str, Handler] = {}


def effect(kind: str) -> Callable[[Handler], Handler]:
    """Register `handler(key, payload)` as the delivery of outbox messages of `kind`.

    The handler must be idempotent by `key`: it is called at least once. An exception means "try again".
    """

    def register(handler: Handler) -> Handler:
        from workflows.relay import deliver

        if kind in EFFECTS:
            raise ValueError(f"the effect {kind} is registered twice")

        @shared_task(name=f"effect.{kind}")
        def task(message_id: int) -> None:
            deliver(message_id, _handlers[kind])

        _handlers[kind] = handler
        EFFECTS[kind] = task
        return handler

    return register
