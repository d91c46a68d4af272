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

import psycopg
import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
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


@contextmanager
def default_is(settings: dict[str, Any]) -> Iterator[None]:
    """The default database is another one inside; what is known by number of the one is not taken for the other."""
    kept = connections["default"]
    names = kept.settings_dict["NAME"], django_settings.DATABASES["default"]["NAME"]
    databases = dict(connections.settings)
    connections.settings = {**databases, "default": {**kept.settings_dict, **settings}}
    del connections["default"]
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings = databases
        connections["default"] = kept
        ContentType.objects.clear_cache()
        # Making a test database leaves its name in the settings.
        kept.settings_dict["NAME"], django_settings.DATABASES["default"]["NAME"] = names


@pytest.fixture(scope="session")
def postgres_template(postgres_server: dict[str, Any], django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """A database with the tables of the models and nothing else: the settings that lead to it."""
    known = connections["default"].settings_dict
    test = {**known["TEST"], "NAME": "tala_template", "MIGRATE": False}
    settings = {**postgres_server, "OPTIONS": {}, "CONN_MAX_AGE": 0, "TEST": test}
    with django_db_blocker.unblock(), default_is(settings):
        connections["default"].creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    return {**settings, "NAME": "tala_template"}


@pytest.fixture
def postgres(postgres_template: dict[str, Any], transactional_db: None) -> Iterator[None]:
    """The default database is a fresh one on PostgreSQL for this test, with the tables of the models."""
    with copied(postgres_template, "tala_test"), default_is({**postgres_template, "NAME": "tala_test"}):
        yield


@contextmanager
def copied(template: dict[str, Any], name: str) -> Iterator[None]:
    """A copy of the template of this name. Copying takes a fraction of what making the tables takes."""
    address = f"postgres://{USER}@{template['HOST']}:{template['PORT']}/postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template['NAME']}")
        try:
            yield
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
