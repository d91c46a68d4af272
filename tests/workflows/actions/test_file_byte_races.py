"""An upload and the deletion of the same bytes at once: what was uploaded is there; on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from directory.models import User
from tests.factories.directory import UserFactory
from tests.workflows.gate.corpus import pdf
from workflows.actions.file_bytes import delete_bytes, give_up_removed
from workflows.actions.files import receive_file, remove_file
from workflows.files import place_of
from workflows.models import StoredFile

pytest_plugins = ("tests.postgres",)
ROUNDS = 4


def receive(user: User, content: bytes) -> StoredFile:
    upload = SimpleUploadedFile("证明.pdf", content)
    return receive_file(subject=user, purpose="proof", upload=upload, by=user)


def together(*works: Any) -> list[Any]:
    """Run each of `works` in a thread of its own, begun together; the exceptions raised."""
    faults: list[Any] = []
    barrier = threading.Barrier(len(works))

    def one(work: Any) -> None:
        barrier.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the race is judged by what came out
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def check_rounds() -> None:
    user = UserFactory.create()
    for _round in range(ROUNDS):
        content = pdf()
        old = receive(user, content)
        remove_file(file=old, by=user)
        give_up_removed(at=timezone.now() + dt.timedelta(days=60))
        delete = [lambda sha256=old.sha256: delete_bytes(sha256=sha256)] * 2
        assert together(lambda content=content: receive(user, content), *delete) == []
        new = StoredFile.objects.get(bytes_gone_at=None)
        assert storages["private"].exists(place_of(new.sha256))
        remove_file(file=new, by=user)
        give_up_removed(at=timezone.now() + dt.timedelta(days=60))


@pytest.mark.django_db(transaction=True)
def test_on_sqlite() -> None:
    check_rounds()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres")
def test_on_postgresql() -> None:
    check_rounds()
