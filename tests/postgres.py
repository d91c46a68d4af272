"""A private PostgreSQL for tests marked `postgres`: started as a child in a temporary folder, stopped at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections

USER = "postgres"


def tools() -> Path | None:
    """The folder with initdb and pg_ctl, None when PostgreSQL is not installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


def as_user(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root: then the command runs as its own user."""
    return ["runuser", "-u", USER, "--", *command] if os.geteuid() == 0 else list(command)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[dict[str, Any]]:
    """Start an instance; the settings of a Django database on it."""
    folder = tools()
    if folder is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    home, port = Path(tempfile.mkdtemp(prefix="tala-pg-")), free_port()
    if os.geteuid() == 0:
        shutil.chown(home, USER)
    data = str(home / "data")
    run(folder / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
    run(folder / "pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
    try:
        yield {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "tala",
            "USER": USER,
            "HOST": "127.0.0.1",
            "PORT": port,
        }
    finally:
        run(folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def run(program: Path, *arguments: str) -> None:
    """Run one of PostgreSQL's programs quietly; its output is shown when it fails."""
    done = subprocess.run(as_user(str(program), *arguments), capture_output=True, text=True, check=False, cwd="/")  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[dict[str, Any]]:
    """The instance, started once for all tests that ask for it."""
    with server() as found:
        yield found


@contextmanager
def database(server: dict[str, Any], name: str) -> Iterator[str]:
    """An empty database of this name on the instance, for programs of their own: its address."""
    folder = tools()
    assert folder is not None
    where = ("-h", str(server["HOST"]), "-p", str(server["PORT"]), "-U", USER)
    run(folder / "createdb", *where, name)
    try:
        yield f"postgres://{USER}@{server['HOST']}:{server['PORT']}/{name}"
    finally:
        run(folder / "dropdb", *where, "--force", name)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: dict[str, Any]) -> Callable[[str], AbstractContextManager[str]]:
    """`database` on the instance that the tests share."""
    return partial(database, postgres_server)


@pytest.fixture
def postgres(postgres_server: dict[str, Any], transactional_db: None, django_db_blocker: Any) -> Iterator[None]:
    """The default database is a fresh one on PostgreSQL for this test, with the tables of the models."""
    kept = connections["default"]
    names = kept.settings_dict["NAME"], django_settings.DATABASES["default"]["NAME"]
    settings = {**kept.settings_dict, **postgres_server, "OPTIONS": {}, "CONN_MAX_AGE": 0}
    settings["TEST"] = {**settings["TEST"], "NAME": "tala_test", "MIGRATE": False}
    databases = dict(connections.settings)
    connections.settings = {**databases, "default": settings}
    del connections["default"]
    connections["default"].creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connections["default"].creation.destroy_test_db("tala_test", verbosity=0)
        connections["default"].close()
        connections.settings = databases
        connections["default"] = kept
        # Making and dropping a test database leaves its name in the settings.
        kept.settings_dict["NAME"], django_settings.DATABASES["default"]["NAME"] = names
