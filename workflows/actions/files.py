"""Receiving and removing uploads. Whether the actor may upload here is checked by the room's own action."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone

from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import SYSTEM, Actor
from workflows.enums import FileState
from workflows.errors import Refused
from workflows.files import place_of
from workflows.gate.child import inspect
from workflows.gate.clamd import ScannerAwayError, is_infected
from workflows.gate.kinds import CONTENT_TYPES, MADE_TYPES
from workflows.gate.names import extension_of, safe_name
from workflows.gate.reasons import reason
from workflows.models import StoredFile


def receive_file(
    *, subject: models.Model, purpose: str, upload: File[Any], by: Actor, allowed: Collection[str] | None = None
) -> StoredFile:
    """Pass an upload through the gate and keep it. Raises Refused with the reason; then nothing is kept.

    allowed -- extensions of this field, a part of `settings.UPLOAD_EXTENSIONS` (all of them when None).
    With a scanner that does not answer the file is kept in the state `waiting` and cannot be read.
    """
    name = safe_name(upload.name or "")
    extension = extension_of(name)
    _check_outside(upload, extension, allowed)
    with _quarantined(upload) as (path, sha256):
        _refuse(inspect(path, extension))
        state = _scan(path)
        with unit():
            lock_bytes(sha256)
            keep_bytes(path=path, sha256=sha256)
            file = StoredFile.objects.create(
                subject_type=subject._meta.label_lower,
                subject_id=subject.pk,
                purpose=purpose,
                name=name,
                content_type=CONTENT_TYPES[extension],
                size=upload.size,
                sha256=sha256,
                state=state,
                by_id=by.pk,
            )
            note("receive", file, by)
    return file


def keep_made(*, subject: models.Model, purpose: str, path: Path, name: str, by: Actor) -> StoredFile:
    """Keep a file that this system made itself, as one of `subject`: it passes no gate. `name` ends with its kind."""
    extension = extension_of(name)
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    with unit():
        lock_bytes(sha256)
        keep_bytes(path=path, sha256=sha256)
        file = StoredFile.objects.create(
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            purpose=purpose,
            name=safe_name(name),
            content_type=MADE_TYPES[extension],
            size=path.stat().st_size,
            sha256=sha256,
            state=FileState.CLEAN,
            by_id=by.pk,
        )
        note("make", file, by)
    return file


def give_also(*, file: StoredFile, subject: models.Model, by: Actor) -> StoredFile | None:
    """Make what a file holds a file of `subject` too: a row of its own over the same bytes, which never change.

    What the scanner has not seen waits for it there too. None for a file that was refused or whose bytes are gone.
    """
    with unit():
        lock_bytes(file.sha256)
        row = StoredFile.objects.get(pk=file.pk)
        if row.state == FileState.REFUSED or row.bytes_gone_at is not None:
            return None
        same = {name: getattr(row, name) for name in ("purpose", "name", "content_type", "size", "sha256", "state")}
        copy: StoredFile = StoredFile.objects.create(
            subject_type=subject._meta.label_lower, subject_id=subject.pk, by_id=by.pk, **same
        )
        note("receive", copy, by)
    return copy


def lock_bytes(sha256: str) -> None:
    """Until the end of the transaction nobody else deletes the bytes under `sha256` or comes to rely on them."""
    list(StoredFile.objects.select_for_update().filter(sha256=sha256).values_list("pk", flat=True))


def remove_file(*, file: StoredFile, by: Actor) -> None:
    """Take a file off its subject. The bytes stay while a frozen version may refer to them."""
    with unit():
        row = StoredFile.objects.select_for_update().get(pk=file.pk)
        if row.removed_at is None:
            row.removed_at = timezone.now()
            row.save()
            note("remove", row, by)


def scan_waiting() -> int:
    """Scan what waits for the scanner; how many got their answer."""
    return sum(_answer(pk) for pk in StoredFile.objects.filter(state=FileState.WAITING).values_list("pk", flat=True))


def _answer(pk: int) -> bool:
    with unit():
        file = StoredFile.objects.select_for_update().get(pk=pk)
        try:
            file.state = _scan(Path(storages["private"].path(place_of(file.sha256))))
        except Refused:
            file.state, file.refusal = FileState.REFUSED, "virus"
        if file.state == FileState.WAITING:
            return False
        file.save()
        note(f"scan.{file.state}", file, SYSTEM)
    return True


def _check_outside(upload: File[Any], extension: str, allowed: Collection[str] | None) -> None:
    """What can be refused without looking inside."""
    known = set(settings.UPLOAD_EXTENSIONS) & set(CONTENT_TYPES)
    if extension not in (known if allowed is None else known & set(allowed)):
        _refuse("extension")
    if not upload.size:
        _refuse("empty")
    if upload.size > settings.UPLOAD_MAX_BYTES:
        _refuse("size")


def _refuse(code: str) -> None:
    if code:
        raise Refused(reason(code))


@contextmanager
def _quarantined(upload: File[Any]) -> Iterator[tuple[Path, str]]:
    """The upload in a file of its own that goes away at the end, and its SHA-256."""
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(prefix="tala-upload-") as copy:
        for chunk in upload.chunks():
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name), digest.hexdigest()


def _scan(path: Path) -> FileState:
    """Clean where there is no scanner or it found nothing; waiting when it does not answer. Raises Refused."""
    if not settings.CLAMD_SOCKET:
        return FileState.CLEAN
    try:
        if is_infected(path, settings.CLAMD_SOCKET):
            _refuse("virus")
    except ScannerAwayError:
        return FileState.WAITING
    return FileState.CLEAN


def keep_bytes(*, path: Path, sha256: str) -> None:
    """Put the bytes under their digest; the same bytes are kept once."""
    private, place = storages["private"], place_of(sha256)
    if private.exists(place):
        return
    with path.open("rb") as content:
        written = private.save(place, File(content))
    if written != place:  # somebody else was faster; theirs are the same bytes
        private.delete(written)


def note(what: str, file: StoredFile, by: Actor) -> None:
    """Write into the journal that `what` happened to the file. Call it inside the unit in which it happens."""
    data = {
        "subject": f"{file.subject_type}:{file.subject_id}",
        "purpose": file.purpose,
        "sha256": file.sha256,
        "size": file.size,
        "state": str(file.state),
    }
    journal.append(action=f"workflows.file.{what}", subject=file, by=by, data=data)
