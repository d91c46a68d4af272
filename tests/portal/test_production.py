"""The installation of the operator's guide: production settings, migrations from zero, backup, restore."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.postgres import tools

Database = Callable[[str], AbstractContextManager[str]]
pytestmark = [pytest.mark.postgres, pytest.mark.migrations]
START = """
import django
django.setup()
from django.core.management import call_command as call
from django.db import connection
"""
INSTALL = """
from portal.readiness import checks
print(checks())
call("check", deploy=True, fail_level="WARNING", databases=["default"])
call("migrate", verbosity=0)
call("makemigrations", check_changes=True, dry_run=True)
call("createcachetable")
call("load_reference")
call("build_site")
call("checkpoint", verbosity=0)
print(checks())
"""
VERIFY = """
call("check_invariants")
call("verify_journal", "--against", {checkpoint!r})
call("rebuild_search")
from cms.queries.search import search
print(sorted(hit.document.title for hit in search({query!r}).hits))
for statement in ("DELETE FROM workflows_journalentry", "TRUNCATE workflows_journallink"):
    try:
        connection.cursor().execute(statement)
    except Exception as error:
        print(str(error).splitlines()[0])
"""
READY = {"database": "ok", "migrations": "ok", "relay": "ok", "schedule": "ok"}


@dataclass(frozen=True)
class Installation:
    """A folder with its key, and a database. `said` is what setting it up printed."""

    folder: Path
    address: str
    said: tuple[str, ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": "production-" + "k" * 50,
            "TALA_FIELD_KEYS": Fernet.generate_key().decode(),
            "TALA_CHECKPOINT_KEY": str(self.folder / "checkpoint.pem"),
            "TALA_VAR": str(self.folder / "var"),
            "ALLOWED_HOSTS": "tala.example",
            "SITE_ADDRESS": "https://tala.example",
            "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
            "DATABASE_URL": self.address,
        }

    def run(self, script: str) -> tuple[str, ...]:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", START + script], capture_output=True, text=True, check=False, env=self.environment
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return tuple(done.stdout.splitlines())

    def tool(self, name: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, on the database of this installation."""
        folder = tools()
        assert folder is not None
        done = subprocess.run(  # noqa: S603
            [str(folder / name), "--dbname", self.address, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, postgres_database: Database) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "checkpoint.pem").write_bytes(pem)
    with postgres_database("production") as address:
        made = Installation(folder, address)
        yield replace(made, said=made.run(INSTALL))


def test_the_steps_of_the_guide_make_an_installation_that_is_ready(installation: Installation) -> None:
    before, deploy, changes, reference, site, *after = installation.said
    assert before == str({"database": "ok", "migrations": "pending"})
    assert deploy == "System check identified no issues (0 silenced)."
    assert changes == "No changes detected"
    assert reference.startswith("regions ")
    assert site == "The site stands at https://tala.example/"
    assert after[-1] == str(READY)


def test_a_backup_is_restored_whole_and_its_journal_verifies(
    installation: Installation, postgres_database: Database
) -> None:
    backup = installation.folder / "tala.dump"
    verify = VERIFY.format(checkpoint=str(installation.folder / "var" / "checkpoints" / "latest.json"), query="氢能")
    before = installation.run(verify)
    installation.tool("pg_dump", "--format=custom", "--file", str(backup))
    with postgres_database("restored") as address:
        restored = replace(installation, address=address)
        restored.tool("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(backup))
        assert restored.run(verify) == before

    invariants, journal, documents, titles, *refusals = before
    assert invariants.endswith(" invariants hold")
    assert journal.startswith("the journal is whole: ")
    assert documents.endswith(" documents can be found")
    assert "氢能" in titles
    assert refusals == ["the journal is append-only"] * 2
