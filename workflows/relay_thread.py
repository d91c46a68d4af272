"""The relay inside the server's process, for installations without a broker."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections

from workflows import schedule
from workflows.relay import run_once, wait_for_bell

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 5.0
_lock = threading.Lock()
_started_in: int | None = None


def with_relay(application: Callable[..., Any]) -> Callable[..., Any]:
    """`application`, whose first request in each process starts the relay where settings ask for it.

    A thread does not survive a fork; so it is not started on loading, which may happen in gunicorn's master.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        ensure_running()
        return application(environ, start_response)

    return answer


def ensure_running() -> bool:
    """Start the relay's thread unless this process has one or settings forbid it; whether it was started."""
    global _started_in  # noqa: PLW0603 - one thread per process is the point
    if not settings.RELAY_IN_PROCESS or _started_in == os.getpid():
        return False
    with _lock:
        if _started_in == os.getpid():
            return False
        _started_in = os.getpid()
    threading.Thread(target=_run, name="relay", daemon=True).start()
    return True


def _run() -> None:
    while True:
        work()
        wait_for_bell(SWEEP_SECONDS)


def work() -> int:
    """Deliver everything that is due and run the due jobs; how many messages were taken. Never raises."""
    taken = 0
    try:
        while batch := run_once():
            taken += batch
        schedule.run_due()
    except Exception:
        logger.exception("the relay stumbled; it goes on at its next sweep")
    finally:
        connections.close_all()
    return taken
