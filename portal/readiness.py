"""Whether this installation can serve: database, migrations, relay, schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min
from django.utils import timezone

from workflows.models import JobRun
from workflows.relay import due

# An effect that is due longer than this, or a schedule that has run nothing for so long, wants a look.
LATE = dt.timedelta(minutes=10)
OK = "ok"


def checks() -> dict[str, str]:
    """Each part with "ok" or one word of what is wrong; what cannot be asked without a database is left out."""
    try:
        connection.ensure_connection()
    except Error:
        return {"database": "down"}
    answers = {"database": OK, "migrations": _asked(_migrations)}
    if answers["migrations"] == OK:
        answers |= {"relay": _asked(_relay), "schedule": _asked(_schedule)}
    return answers


class _NotReadyError(Exception):
    """Carries the one word."""


def _asked(check: Callable[[], None]) -> str:
    try:
        check()
    except _NotReadyError as reason:
        return str(reason)
    except Error:
        return "down"
    return OK


@cache
def _migrations() -> None:
    """Asked until they are applied, then never again in this process: only a new release brings new ones."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotReadyError("pending")


def _relay() -> None:
    since = due().order_by().aggregate(since=Min("not_before"))["since"]
    if since is not None and since < timezone.now() - LATE:
        raise _NotReadyError("late")


def _schedule() -> None:
    last = JobRun.objects.aggregate(last=Max("started_at"))["last"]
    if last is not None and last < timezone.now() - LATE:
        raise _NotReadyError("late")
