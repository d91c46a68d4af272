"""Tampering trials: whatever is done to the stored journal, the first bad place is named."""

from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from directory.models import User
from workflows.actions import journal
from workflows.actions.checkpoints import make_checkpoint
from workflows.actions.unit import unit
from workflows.checkpoints import Checkpoint, latest
from workflows.models import JournalEntry, JournalHead, JournalLink
from workflows.queries.journal import link_hash, verify

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]


def write(user: User, count: int) -> None:
    for number in range(count):
        with unit():
            journal.append(action=f"step.{number}", subject=user, by=user, data={"n": number})


def found(*checkpoints: Checkpoint, since: int = 0) -> tuple[int, str] | None:
    fault = verify(since=since, checkpoints=checkpoints).fault
    return (fault.seq, fault.code) if fault else None


@pytest.fixture
def chain(user: User) -> None:
    write(user, 6)


def entry(seq: int) -> Any:
    return JournalEntry.objects.filter(link__seq=seq)


def rewrite_from(seq: int) -> None:
    """What somebody with the database but without the checkpoints would do: compute everything again."""
    previous = JournalLink.objects.get(seq=seq - 1).hash
    for link in JournalLink.objects.filter(seq__gte=seq).select_related("entry"):
        link.previous = previous
        link.hash = previous = link_hash(seq=link.seq, previous=previous, entry=link.entry)
        link.save()
    JournalHead.objects.update(hash=previous)


def test_an_untouched_journal_is_whole(chain: None) -> None:
    proof = verify(checkpoints=[make_checkpoint()])

    assert (proof.fault, proof.checked, proof.seq) == (None, 6, 6)
    assert found(since=3) is None


def test_an_empty_journal_is_whole(db: None) -> None:
    assert found(make_checkpoint()) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", timezone.now() - dt.timedelta(days=1)),
        ("actor", "system"),
        ("on_behalf", "user:1"),
        ("action", "other"),
        ("subject_type", "other"),
        ("subject_id", "77"),
        ("data", {"n": 7}),
        ("request_id", "x"),
    ],
)
def test_a_change_of_any_field_is_found(chain: None, field: str, value: object) -> None:
    entry(4).update(**{field: value})

    assert found() == (4, "changed")


def delete(*seqs: int) -> None:
    JournalLink.objects.filter(seq__in=seqs).delete()
    JournalEntry.objects.filter(link__isnull=True).delete()


def insert_unlinked() -> None:
    JournalEntry.objects.create(at=timezone.now(), actor="system", action="x", subject_type="x", subject_id="1")


def swap() -> None:
    third, fourth = (JournalLink.objects.get(seq=seq) for seq in (3, 4))
    JournalLink.objects.filter(seq=4).delete()
    JournalLink.objects.filter(seq=3).update(entry=fourth.entry_id)
    JournalLink.objects.create(seq=4, entry_id=third.entry_id, previous=fourth.previous, hash=fourth.hash)


def relink() -> None:
    JournalLink.objects.filter(seq=5).update(previous="0" * 64)


def extend() -> None:
    insert_unlinked()
    loose = JournalEntry.objects.get(link__isnull=True)
    JournalLink.objects.create(seq=7, entry=loose, previous="0" * 64, hash="f" * 64)


def cut_with_head() -> None:
    delete(5, 6)
    JournalHead.objects.update(seq=4, hash=JournalLink.objects.get(seq=4).hash)


def full_rewrite() -> None:
    entry(2).update(actor="system")
    rewrite_from(2)


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda: delete(3), (3, "gap")),
        (lambda: delete(3, 4), (3, "gap")),
        (lambda: delete(6), (6, "gap")),
        (insert_unlinked, (0, "unlinked")),
        (extend, (7, "head")),
        (swap, (3, "changed")),
        (relink, (5, "order")),
        (lambda: JournalHead.objects.update(hash="f" * 64), (6, "head")),
    ],
)
def test_what_is_torn_out_put_in_or_moved_is_found(
    chain: None, tamper: Callable[[], object], fault: tuple[int, str]
) -> None:
    tamper()

    assert found() == fault


@pytest.mark.parametrize(("tamper", "fault"), [(cut_with_head, (5, "cut")), (full_rewrite, (6, "rewritten"))])
def test_what_agrees_with_itself_is_found_through_a_checkpoint(
    chain: None, tamper: Callable[[], None], fault: tuple[int, str]
) -> None:
    witness = make_checkpoint()
    tamper()

    assert found() is None
    assert found(witness) == fault


def test_a_checkpoint_is_signed_and_its_key_is_private(chain: None, client: Client) -> None:
    make_checkpoint()

    assert stat.S_IMODE(Path(settings.CHECKPOINT_KEY_FILE).stat().st_mode) == 0o600
    assert latest() == Checkpoint(**client.get("/integrity/checkpoints/latest.json").json())
    assert client.get("/integrity/checkpoints/public-key.pem").content.startswith(b"-----BEGIN PUBLIC KEY-----")


def test_production_makes_no_key_of_its_own(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.CHECKPOINT_KEY_MADE_HERE = False
    settings.CHECKPOINT_KEY_FILE = tmp_path / "key.pem"

    with pytest.raises(ImproperlyConfigured):
        make_checkpoint()


def test_the_command_answers_with_its_exit_code(chain: None, tmp_path: Path) -> None:
    make_checkpoint()
    witness = Path(settings.CHECKPOINT_DIR) / "000000000006.json"
    out = StringIO()
    call_command("verify_journal", "--against", str(witness), stdout=out)
    assert out.getvalue().startswith("the journal is whole: 6 entries, head #6 ")

    forged = tmp_path / "forged.json"
    forged.write_text(witness.read_text().replace('"seq": 6', '"seq": 5'))
    with pytest.raises(CommandError, match=r"forged\.json is not a checkpoint signed by us"):
        call_command("verify_journal", "--against", str(forged))
    entry(2).update(actor="system")
    with pytest.raises(CommandError, match="#2: the entry is not the one that was written here"):
        call_command("verify_journal")


TRIGGERS = """
import django
django.setup()
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
call_command("migrate", "workflows", verbosity=0)
from django.utils import timezone
from workflows.models import JournalEntry, JournalHead, JournalLink
entry = JournalEntry.objects.create(at=timezone.now(), actor="a", action="x", subject_type="x", subject_id="1")
JournalLink.objects.create(seq=1, entry=entry, previous="0", hash="1")
JournalHead.objects.create(pk=1)
JournalHead.objects.update(seq=1)
for table in ("entry", "link", "head"):
    for statement in ("UPDATE workflows_journal{} SET {}", "DELETE FROM workflows_journal{}"):
        column = {"entry": "actor = 'b'", "link": "hash = '2'", "head": "seq = 1"}[table]
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(table, column))
            print(table, statement.split()[0], "passed")
        except DatabaseError as error:
            print(table, statement.split()[0], str(error).splitlines()[0])
"""


REFUSED = "the journal is append-only"
ANSWERS = [
    f"entry UPDATE {REFUSED}",
    f"entry DELETE {REFUSED}",
    f"link UPDATE {REFUSED}",
    f"link DELETE {REFUSED}",
    "head UPDATE passed",
    f"head DELETE {REFUSED}",
]


def answers(address: str) -> list[str]:
    environment = {**os.environ, "DATABASE_URL": address}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", TRIGGERS], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout.splitlines()


@pytest.mark.migrations
def test_the_database_itself_refuses_changes_of_the_journal() -> None:
    assert answers("sqlite:///unused") == ANSWERS


@pytest.mark.migrations
@pytest.mark.postgres
def test_postgresql_itself_refuses_changes_of_the_journal(postgres_database: Any) -> None:
    with postgres_database("journal") as address:
        assert answers(address) == ANSWERS
