"""Effects: queued with their cause, delivered at least once, given up after eight attempts."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from directory.models import User
from tests.factories.directory import RoleGrantFactory
from workflows.actions import outbox
from workflows.actions.dead_letters import drop_message, retry_message
from workflows.effects import effect
from workflows.errors import NotAllowed, Refused
from workflows.models import JournalEntry, OutboxMessage
from workflows.relay import LEASE, MOST_ATTEMPTS, claim, run_once

pytestmark = pytest.mark.django_db
BREAKS = "break"


SEEN: list[str] = []


@effect("note")
def note(key: str, payload: dict[str, Any]) -> None:
    if payload.get(BREAKS):
        raise ConnectionError("no line")
    SEEN.append(key)


@effect("file.note")
def file_note(key: str, payload: dict[str, Any]) -> None:
    Path(payload["file"]).write_text(key)


@pytest.fixture
def delivered() -> list[str]:
    """What the handler of the kind `note` was called with; it fails while the payload says so."""
    SEEN.clear()
    return SEEN


def state() -> tuple[str, int]:
    message = OutboxMessage.objects.get()
    return message.state, message.attempts


def test_an_effect_of_a_transaction_that_failed_never_runs(delivered: list[str]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.queue(kind="note", key="a")
        raise ZeroDivisionError

    assert (run_once(), delivered) == (0, [])


def test_an_effect_is_delivered_once_however_often_it_was_queued(delivered: list[str]) -> None:
    outbox.queue(kind="note", key="a")
    outbox.queue(kind="note", key="a", payload={BREAKS: True})

    assert (run_once(), run_once(), delivered, state()) == (1, 0, ["a"], ("done", 1))


def test_an_effect_waits_for_its_time(delivered: list[str]) -> None:
    outbox.queue(kind="note", key="a", not_before=timezone.now() + dt.timedelta(hours=1))

    assert run_once() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        assert run_once() == 1


def test_a_failure_is_tried_again_later_and_in_the_end_given_up(delivered: list[str]) -> None:
    outbox.queue(kind="note", key="a", payload={BREAKS: True})
    run_once()
    assert (state(), run_once()) == (("waiting", 1), 0)

    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(MOST_ATTEMPTS - 1):
            clock.shift(dt.timedelta(hours=1))
            run_once()

    assert (state(), delivered) == (("dead", MOST_ATTEMPTS), [])
    assert OutboxMessage.objects.get().last_error == "ConnectionError: no line"


def test_an_effect_without_handler_is_not_lost(db: None) -> None:
    outbox.queue(kind="unknown", key="a")
    run_once()

    assert state() == ("waiting", 1)


def test_a_lease_that_ran_out_is_taken_again(delivered: list[str]) -> None:
    outbox.queue(kind="note", key="a")
    assert len(claim()) == 1
    assert run_once() == 0

    with time_machine.travel(timezone.now() + LEASE + dt.timedelta(seconds=1)):
        assert run_once() == 1
    assert (delivered, state()) == (["a"], ("done", 2))


def test_what_kills_its_worker_at_every_attempt_is_given_up(delivered: list[str]) -> None:
    outbox.queue(kind="note", key="a")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(MOST_ATTEMPTS):
            claim()
            clock.shift(dt.timedelta(minutes=6))
        assert run_once() == 0

    assert (state(), delivered) == (("dead", MOST_ATTEMPTS), [])


def test_with_a_broker_the_same_task_runs(delivered: list[str], settings: Settings) -> None:
    from portal.celery import app

    settings.CELERY_BROKER_URL = "memory://"
    app.conf.task_always_eager = True
    try:
        outbox.queue(kind="note", key="a")
        run_once()
    finally:
        app.conf.task_always_eager = False

    assert (delivered, state()) == (["a"], ("done", 1))


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
from pathlib import Path
from workflows.effects import effect
from workflows.relay import run_once

@effect("file.note")
def note(key, payload):
    Path(payload["file"]).write_text(key)
    os.kill(os.getpid(), signal.SIGKILL)

run_once()
"""


@pytest.mark.django_db(transaction=True)
def test_a_handler_killed_half_way_is_called_again_and_does_no_harm(tmp_path: Path) -> None:
    from django.db import connection

    target = tmp_path / "note"
    outbox.queue(kind="file.note", key="a", payload={"file": str(target)})
    name = connection.settings_dict["NAME"]
    script = f"from django.conf import settings\nsettings.DATABASES['default']['NAME'] = {name!r}\n{KILLED}"
    done = subprocess.run([sys.executable, "-c", script], check=False, env=os.environ)  # noqa: S603
    assert (done.returncode, state(), target.read_text()) == (-signal.SIGKILL, ("leased", 1), "a")

    with time_machine.travel(timezone.now() + LEASE + dt.timedelta(seconds=1)):
        assert run_once() == 1
    assert (state(), target.read_text()) == (("done", 2), "a")


@pytest.fixture
def administrator(db: None) -> User:
    grant = RoleGrantFactory.create(role="system_admin")
    assert grant.person.user is not None
    return grant.person.user


@pytest.fixture
def dead(db: None) -> OutboxMessage:
    return OutboxMessage.objects.create(key="a", kind="note", state="dead", attempts=8)


def test_a_dead_letter_is_tried_again_or_dropped_with_a_reason(
    administrator: User, dead: OutboxMessage, delivered: list[str]
) -> None:
    retry_message(message=dead, by=administrator)
    assert (state(), run_once(), delivered) == (("waiting", 0), 1, ["a"])
    OutboxMessage.objects.update(state="dead", done_at=None)
    with pytest.raises(Refused) as refusal:
        drop_message(message=dead, by=administrator, reason=" ")
    assert refusal.value.codes == ["note_required"]
    drop_message(message=dead, by=administrator, reason="地址已停用")

    assert state()[0] == "dropped"
    assert list(JournalEntry.objects.order_by("at").values_list("action", flat=True)) == [
        "workflows.outbox.retry",
        "workflows.outbox.drop",
    ]


def test_only_who_runs_the_system_touches_dead_letters(dead: OutboxMessage, user: User) -> None:
    with pytest.raises(NotAllowed):
        retry_message(message=dead, by=user)
    assert state() == ("dead", 8)


def test_the_page_of_dead_letters_is_for_who_runs_the_system(
    administrator: User, dead: OutboxMessage, client: Client, user: User, settings: Settings
) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = False
    client.force_login(user)
    assert client.get("/bench/undelivered/").status_code == 404
    client.force_login(administrator)
    assert "note" in client.get("/bench/undelivered/").content.decode()
    assert client.post(f"/bench/undelivered/{dead.pk}/drop/", {"reason": ""}).status_code == 409
    assert client.post(f"/bench/undelivered/{dead.pk}/retry/").status_code == 302
    assert state() == ("waiting", 0)
