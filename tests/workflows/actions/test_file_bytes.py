from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from directory.models import User
from tests.workflows.gate.corpus import pdf
from workflows import files
from workflows.actions.file_bytes import delete_bytes, give_up_removed
from workflows.actions.files import receive_file, remove_file
from workflows.files import may_read, place_of, register_reader
from workflows.invariants import INVARIANTS
from workflows.models import JournalEntry, OutboxMessage, StoredFile
from workflows.relay import run_once

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def held() -> Iterator[set[int]]:
    """Files of a user, readable by all; those in the set are referred to by something frozen."""
    kept: set[int] = set()
    register_reader("directory.User", lambda _asker, _subject: True, keeps=lambda file: file.pk in kept)
    yield kept
    del files._readers["directory.user"], files._keepers["directory.user"]


def receive(user: User, content: bytes | None = None) -> StoredFile:
    upload = SimpleUploadedFile("证明.pdf", content or pdf())
    return receive_file(subject=user, purpose="proof", upload=upload, by=user)


def there(file: StoredFile) -> bool:
    return storages["private"].exists(place_of(file.sha256))


def later(days: int) -> Any:
    return time_machine.travel(timezone.now() + days * DAY)


def test_bytes_go_after_the_grace_by_an_effect_and_not_before(user: User, held: set[int], settings: Any) -> None:
    settings.UPLOAD_GRACE_DAYS = 30
    file = receive(user)
    assert give_up_removed(at=timezone.now() + 90 * DAY) == 0
    remove_file(file=file, by=user)
    assert give_up_removed(at=timezone.now() + 29 * DAY) == 0
    with later(31):
        assert (give_up_removed(), give_up_removed()) == (1, 0)
        assert there(file)
        assert OutboxMessage.objects.get(kind="files.delete").payload == {"sha256": file.sha256}
        run_once()
    file.refresh_from_db()
    assert (there(file), may_read(user, file)) == (False, False)
    assert JournalEntry.objects.filter(action="workflows.file.give_up").count() == 1
    assert [line for code in ("files.bytes", "files.held") for line in INVARIANTS[code].violations()] == []


def test_what_something_frozen_refers_to_is_kept_for_ever(user: User, held: set[int]) -> None:
    file = receive(user)
    remove_file(file=file, by=user)
    held.add(file.pk)
    with later(4000):
        assert give_up_removed() == 0
    assert (there(file), may_read(user, file)) == (True, True)


def test_the_same_bytes_under_another_file_stay(user: User, held: set[int]) -> None:
    content = pdf()
    first, second = receive(user, content), receive(user, content)
    remove_file(file=first, by=user)
    with later(31):
        assert give_up_removed() == 1
    assert (delete_bytes(sha256=first.sha256), there(second)) == (False, True)
    remove_file(file=second, by=user)
    with later(62):
        assert give_up_removed() == 1
    assert (delete_bytes(sha256=first.sha256), delete_bytes(sha256=first.sha256)) == (True, False)


def test_an_upload_of_given_up_bytes_before_they_are_deleted_keeps_them(user: User, held: set[int]) -> None:
    content = pdf()
    first = receive(user, content)
    remove_file(file=first, by=user)
    with later(31):
        give_up_removed()
    again = receive(user, content)
    assert (delete_bytes(sha256=first.sha256), there(again), may_read(user, again)) == (False, True, True)


def test_an_upload_of_deleted_bytes_writes_them_again(user: User, held: set[int]) -> None:
    content = pdf()
    first = receive(user, content)
    remove_file(file=first, by=user)
    with later(31):
        give_up_removed()
    assert delete_bytes(sha256=first.sha256)
    assert there(receive(user, content))


def test_what_the_scanner_refused_goes_too(user: User, held: set[int]) -> None:
    file = receive(user)
    StoredFile.objects.filter(pk=file.pk).update(state="refused", refusal="virus")
    with later(31):
        assert give_up_removed() == 1


@pytest.mark.tampers
def test_giving_up_what_is_held_is_a_violation(user: User, held: set[int]) -> None:
    file = receive(user)
    StoredFile.objects.filter(pk=file.pk).update(bytes_gone_at=timezone.now())
    assert list(INVARIANTS["files.held"].violations()) == [f"{file.pk}: held"]
