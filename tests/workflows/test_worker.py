"""Effects on a real worker behind a real Redis: what is killed half way is not lost."""

from __future__ import annotations

import datetime as dt
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache.backends.redis import RedisCache
from django.db import connection
from django.utils import timezone

from tests.broker import used_by_celery
from workflows.actions import outbox
from workflows.effects import effect
from workflows.models import OutboxMessage
from workflows.relay import BROKER_LEASE, BROKER_PAUSE, run_once

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]
PATIENCE = 30

# A worker with one process on the tests' database. Its handler says through a pipe that it began, and then does what
# the payload asks for: it ends well, it is killed with its process at the first call, or it waits for the end.
WORKER = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from pathlib import Path
from workflows.effects import effect

@effect("worker.note")
def note(key, payload):
    calls = Path(payload["calls"])
    with calls.open("a") as stream:
        stream.write(f"{key}\\n")
    with open(payload["pipe"], "w") as pipe:
        pipe.write("begun")
    first = len(calls.read_text().splitlines()) == 1
    if first and payload["then"] == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if first and payload["then"] == "hang":
        signal.pause()

from portal.celery import app
app.worker_main(["worker", "--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle"])
"""


@effect("worker.note")
def known_here(key: str, payload: dict[str, Any]) -> None:
    raise AssertionError("this process hands over and runs nothing")


@contextmanager
def worker(address: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "CELERY_BROKER_URL": address}
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"])]
    with subprocess.Popen(command, env=environment, start_new_session=True) as child:  # noqa: S603
        try:
            yield child
            child.terminate()  # a warm shutdown: what was begun is finished
            child.wait(PATIENCE)
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)


class Trial:
    """One effect and what its handler leaves behind."""

    def __init__(self, folder: Path, then: str) -> None:
        self.calls, self.pipe = folder / "calls", folder / "pipe"
        os.mkfifo(self.pipe)
        outbox.queue(
            kind="worker.note", key="a", payload={"calls": str(self.calls), "pipe": str(self.pipe), "then": then}
        )

    def wait_for_a_call(self) -> None:
        """Come back as soon as a handler has begun and has let go of the pipe, so that the next call starts afresh."""
        line = os.open(self.pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            for said in (b"begun", b""):
                assert select.select([line], [], [], PATIENCE)[0], "no worker began"
                assert os.read(line, 100) == said
        finally:
            os.close(line)

    def outcome(self) -> tuple[str, int, int]:
        """State, attempts, calls."""
        message = OutboxMessage.objects.get()
        return message.state, message.attempts, len(self.calls.read_text().splitlines())


def test_effects_run_on_a_worker(broker: str, tmp_path: Path) -> None:
    trial = Trial(tmp_path, "end")
    assert run_once() == 1
    with worker(broker):
        trial.wait_for_a_call()
    assert trial.outcome() == ("done", 1, 1)


def test_an_effect_that_kills_its_process_is_called_again_at_once(broker: str, tmp_path: Path) -> None:
    trial = Trial(tmp_path, "kill")
    run_once()
    with worker(broker):
        trial.wait_for_a_call()
        trial.wait_for_a_call()
    assert trial.outcome() == ("done", 1, 2)


def test_an_effect_whose_worker_is_killed_is_delivered_by_the_next(broker: str, tmp_path: Path) -> None:
    trial = Trial(tmp_path, "hang")
    run_once()
    with worker(broker) as first:
        trial.wait_for_a_call()
        os.killpg(first.pid, signal.SIGKILL)
        first.wait(PATIENCE)
    assert (trial.outcome(), run_once()) == (("leased", 1, 1), 0)

    with time_machine.travel(timezone.now() + BROKER_LEASE + dt.timedelta(seconds=1)):
        assert run_once() == 1
    with worker(broker):
        trial.wait_for_a_call()
    assert trial.outcome() == ("done", 2, 2)


def test_while_the_broker_is_away_nothing_is_given_up(redis_server: str, tmp_path: Path, settings: Any) -> None:
    trial = Trial(tmp_path, "end")
    with used_by_celery("redis://127.0.0.1:1/0", settings), time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(12):
            assert run_once() == 1
            clock.shift(BROKER_PAUSE)
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts, message.last_error[:8]) == ("waiting", 0, "broker: ")

    with used_by_celery(redis_server, settings), time_machine.travel(message.not_before):
        assert run_once() == 1
    with worker(redis_server):
        trial.wait_for_a_call()
    assert trial.outcome() == ("done", 1, 1)


def test_the_cache_stands_in_redis(redis_server: str) -> None:
    cache = RedisCache(redis_server, {})
    cache.set("稀土", [1, "永磁"], timeout=60)
    assert (cache.get("稀土"), cache.add("稀土", 2), cache.incr("n") if cache.add("n", 1) else 0) == (
        [1, "永磁"],
        False,
        2,
    )
    cache.close()
