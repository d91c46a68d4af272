from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from directory.models import User
from tests.workflows.gate.corpus import BAD, GOOD, pdf
from workflows import files
from workflows.actions.files import receive_file, remove_file, scan_waiting
from workflows.errors import Refused
from workflows.files import place_of, register_reader
from workflows.gate.names import safe_name
from workflows.models import JournalEntry, StoredFile

pytestmark = pytest.mark.django_db


def receive(user: User, name: str, content: bytes, allowed: list[str] | None = None) -> StoredFile:
    upload = SimpleUploadedFile("x", content)
    upload._name = name  # type: ignore[attr-defined]  # past Django's own tidying of names
    return receive_file(subject=user, purpose="proof", upload=upload, by=user, allowed=allowed)


@pytest.fixture
def readable(user: User) -> Iterator[None]:
    """Files of a user are read by that user alone."""
    register_reader("directory.User", lambda asker, subject: asker == subject)
    yield
    del files._readers["directory.user"]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_kept_under_its_digest(user: User, name: str) -> None:
    file = receive(user, name, GOOD[name])

    with storages["private"].open(place_of(file.sha256)) as stored:
        assert stored.read() == GOOD[name]
    assert (file.state, file.name, file.size) == ("clean", name, len(GOOD[name]))
    assert JournalEntry.objects.get().data["sha256"] == file.sha256


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_and_nothing_is_kept(user: User, case: str) -> None:
    name, content, code = BAD[case]

    with pytest.raises(Refused) as refusal:
        receive(user, name, content)

    assert refusal.value.codes == [f"file_{code}"]
    assert refusal.value.reasons[0].mend
    assert (StoredFile.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_a_field_may_accept_less_and_size_is_bounded(user: User, settings: Settings) -> None:
    with pytest.raises(Refused) as refusal:
        receive(user, "a.pdf", pdf(), allowed=["docx"])
    assert refusal.value.codes == ["file_extension"]
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(Refused) as refusal:
        receive(user, "a.pdf", pdf())
    assert refusal.value.codes == ["file_size"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\王\\申请书.pdf", "申请书.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("长" * 300 + ".pdf", "长" * 176 + ".pdf"),
        ("\u200b..", "file"),
    ],
)
def test_a_name_is_a_label_and_no_path(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_file_is_read_by_whom_the_rule_lets_and_never_runs(user: User, client: Client, readable: None) -> None:
    content = pdf()
    file = receive(user, "申请书.pdf", content)
    address = f"/files/{file.uid}/"
    assert client.get(address).status_code == 404
    client.force_login(User.objects.create_user("other@example.org"))
    assert client.get(address).status_code == 404

    client.force_login(user)
    answer = client.get(address)

    assert b"".join(answer) == content
    disposition = "attachment; filename*=utf-8''%E7%94%B3%E8%AF%B7%E4%B9%A6.pdf"
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    remove_file(file=file, by=user)
    assert client.get(address).status_code == 404


def test_a_file_whose_subject_has_no_rule_is_read_by_nobody(user: User, client: Client) -> None:
    file = receive(user, "a.pdf", pdf())
    client.force_login(user)

    assert client.get(f"/files/{file.uid}/").status_code == 404


def scanner(path: str, answer: bytes) -> threading.Thread:
    """A scanner that reads one stream to its end and gives `answer`."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen()

    def serve() -> None:
        with listening, listening.accept()[0] as line:
            seen = b""
            while not seen.endswith(b"\0\0\0\0"):
                seen += line.recv(65536)
            line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_what_the_scanner_finds_is_refused_and_what_it_has_not_seen_waits(
    user: User, settings: Settings, tmp_path: Path, client: Client, readable: None
) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    waiting = receive(user, "a.pdf", pdf())
    assert waiting.state == "waiting"
    client.force_login(user)
    assert client.get(f"/files/{waiting.uid}/").status_code == 404

    thread = scanner(settings.CLAMD_SOCKET, b"stream: Eicar FOUND\0")
    with pytest.raises(Refused) as refusal:
        receive(user, "b.pdf", pdf())
    thread.join()
    assert refusal.value.codes == ["file_virus"]

    Path(settings.CLAMD_SOCKET).unlink()
    thread = scanner(settings.CLAMD_SOCKET, b"stream: OK\0")
    assert scan_waiting() == 1
    thread.join()
    assert StoredFile.objects.get().state == "clean"
