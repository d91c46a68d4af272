from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from portal.celery import app
from workflows import relay_thread, schedule
from workflows.models import JobRun
from workflows.schedule import JOBS, every, run, run_due

pytestmark = pytest.mark.django_db


SEEN: list[str] = []


@every(minutes=10)
def tick() -> None:
    SEEN.append("tick")


@every(minutes=10)
def fail() -> None:
    raise ConnectionError("no line")


# Out of the real table again: other tests run the real jobs.
OURS = {name: JOBS.pop(name) for name in list(JOBS) if name.startswith(__name__)}


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(schedule, "JOBS", OURS)
    SEEN.clear()
    return SEEN


def test_a_job_runs_at_its_interval_and_a_failing_one_harms_no_other(ticks: list[str]) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert (len(run_due()), len(run_due()), ticks) == (2, 0, ["tick"])
        clock.shift(dt.timedelta(minutes=11))
        assert (len(run_due()), ticks) == (2, ["tick", "tick"])

    assert sorted(JobRun.objects.values_list("last_error", flat=True)) == ["", "ConnectionError: no line"]


def test_of_two_that_take_the_same_turn_one_runs_it(ticks: list[str]) -> None:
    (name,) = [name for name in schedule.JOBS if name.endswith("tick")]

    assert (run(name), run(name), ticks) == (True, False, ["tick"])


def test_beat_asks_for_tasks_that_there_are() -> None:
    asked = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert asked == {"relay.sweep", "schedule.sweep"}
    assert asked <= set(app.tasks)


def test_with_a_broker_the_jobs_that_are_due_run_on_workers(ticks: list[str]) -> None:
    app.conf.task_always_eager = True
    try:
        assert (len(schedule.send_due()), schedule.send_due(), ticks) == (2, [], ["tick"])
    finally:
        app.conf.task_always_eager = False


def test_the_thread_is_started_only_where_settings_ask_for_it() -> None:
    assert relay_thread.ensure_running() is False
