"""Effects and periodic jobs of the machinery itself."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from workflows import mail, schedule
from workflows.actions.checkpoints import make_checkpoint
from workflows.actions.deadlines import fire_deadlines, remind_due
from workflows.actions.file_bytes import delete_bytes, give_up_removed
from workflows.actions.file_texts import keep_text
from workflows.actions.files import scan_waiting
from workflows.checkpoints import latest
from workflows.effects import effect
from workflows.models import JournalHead, StoredFile
from workflows.relay import run_once
from workflows.schedule import every


@shared_task(name="relay.sweep")
def sweep() -> int:
    """With a broker: hand to the workers what is due; beat asks for it every few seconds."""
    return run_once()


@shared_task(name="schedule.sweep")
def send_due_jobs() -> int:
    """With a broker: have the workers run the jobs that are due."""
    return len(schedule.send_due())


@effect("mail.send")
def send_mail(key: str, payload: dict[str, Any]) -> None:
    """Mail one message; harmless when called again."""
    mail.send(key, payload["message"])


@effect("files.delete")
def delete_file_bytes(_key: str, payload: dict[str, Any]) -> None:
    """Delete bytes that no file has any more."""
    delete_bytes(sha256=payload["sha256"])


@effect("files.read")
def read_file_text(_key: str, payload: dict[str, Any]) -> None:
    """Read the text of an upload."""
    keep_text(file=StoredFile.objects.get(uid=payload["file"]))


@every(minutes=60)
def give_up_removed_files() -> None:
    """Give up what was removed long enough ago and is referred to by nothing."""
    give_up_removed()


@every(minutes=5)
def sign_the_journal() -> None:
    """A checkpoint as soon as the journal has grown since the last one."""
    head = JournalHead.objects.filter(pk=1).first()
    last = latest()
    if head is not None and (last is None or last.seq != head.seq):
        make_checkpoint()


@every(minutes=1)
def fire_due_deadlines() -> None:
    """Warn and expire what is due."""
    fire_deadlines()


@every(minutes=20)
def remind_of_deadlines() -> None:
    """Tell those who must act of what is due soon."""
    remind_due()


@every(minutes=5)
def scan_waiting_files() -> None:
    """Ask the virus scanner about the files it has not seen."""
    scan_waiting()
