"""Periodic jobs: run by the relay without a broker, by workers with one; never by two at once.

    @every(minutes=5)
    def fire_deadlines() -> None: ...

stands in a room's `tasks.py`. A job must be harmless when it is run once more than it should.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from celery import Task, shared_task
from django.utils import timezone

from workflows.models import JobRun

logger = logging.getLogger(__name__)
Body = Callable[[], object]
# A turn that no worker took within this is asked for again.
EXPIRES_SECONDS = 60


@dataclass(frozen=True)
class Job:
    """One periodic job: its name, how often, what it does, and the Celery task that does it."""

    name: str
    interval: dt.timedelta
    body: Body
    task: Task[Any, Any]


JOBS: dict[str, Job] = {}


def every(*, minutes: int) -> Callable[[Body], Body]:
    """Register the decorated function as a job to be run every `minutes`."""

    def register(body: Body) -> Body:
        name = f"{body.__module__}.{body.__name__}"

        @shared_task(name=f"job.{name}")
        def task() -> None:
            run(name)

        JOBS[name] = Job(name, dt.timedelta(minutes=minutes), body, task)
        return body

    return register


def run_due() -> list[str]:
    """Run what is due, here and now; the names of what was run. A job that fails waits for its next turn."""
    return [name for name in _due() if run(name)]


def send_due() -> list[str]:
    """Have a worker run each job that is due; the names. What is sent twice is run once."""
    names = _due()
    for name in names:
        JOBS[name].task.apply_async(expires=EXPIRES_SECONDS)
    return names


def _due() -> list[str]:
    resting = set(JobRun.objects.filter(next_at__gt=timezone.now()).values_list("name", flat=True))
    return [name for name in JOBS if name not in resting]


def run(name: str) -> bool:
    """Run one job if it is due and nobody else has taken this turn; whether it was run."""
    job = JOBS[name]
    if not _take(job):
        return False
    error = ""
    try:
        job.body()
    except Exception as failure:
        logger.exception("job %s failed", name)
        error = f"{type(failure).__name__}: {failure}"[:2000]
    JobRun.objects.filter(name=name).update(finished_at=timezone.now(), last_error=error)
    return True


def _take(job: Job) -> bool:
    """Move the job's next turn on; one statement, so that of two processes one alone succeeds."""
    now = timezone.now()
    JobRun.objects.get_or_create(name=job.name, defaults={"next_at": now})
    # A little early is not late: beat and relay do not tick together.
    due = JobRun.objects.filter(name=job.name, next_at__lte=now + dt.timedelta(seconds=1))
    return due.update(next_at=now + job.interval, started_at=now) == 1
