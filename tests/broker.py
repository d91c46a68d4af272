"""A private Redis for tests marked `redis`, and the Celery application on it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from kombu import pools

from tests.postgres import free_port


@contextmanager
def server() -> Iterator[str]:
    """Start an instance that keeps nothing; its address."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed (Debian: apt-get install redis-server)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd="/") as child:  # noqa: S603
        assert child.stdout is not None
        said = next((line for line in child.stdout if "Ready to accept connections" in line), "")
        try:
            assert said, "Redis did not start"
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            child.terminate()


@contextmanager
def used_by_celery(address: str, settings: Any) -> Iterator[None]:
    """The application of this process sends its tasks to the broker at `address`."""
    from portal import celery

    app: Any = celery.app
    kept = app.conf.broker_url, app.conf.task_publish_retry
    settings.CELERY_BROKER_URL = app.conf.broker_url = address
    app.conf.task_publish_retry = False
    app._after_fork()  # drops the pools of connections to where it sent before
    try:
        yield
    finally:
        pools.reset()
        app.conf.broker_url, app.conf.task_publish_retry = kept
        app._after_fork()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The instance, started once for all tests that ask for it: its address."""
    with server() as address:
        yield address


@pytest.fixture
def broker(redis_server: str, settings: Any) -> Iterator[str]:
    """An empty broker that the Celery application uses."""
    import redis

    with redis.Redis.from_url(redis_server) as line:
        line.flushall()
    with used_by_celery(redis_server, settings):
        yield redis_server
