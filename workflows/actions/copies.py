"""Copies of uploads for somebody who must not learn who made them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import storages
from django.db import models

from workflows.actions import journal
from workflows.actions.files import keep_bytes, lock_bytes
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.enums import FileState
from workflows.files import place_of
from workflows.gate.names import extension_of
from workflows.models import StoredFile
from workflows.scrub.child import write_copy


def copy_without_traces(*, file: StoredFile, subject: models.Model, name: str, by: Actor) -> StoredFile:
    """Keep a copy of `file` without metadata as a file of `subject`; the same copy once, however often asked.

    name -- how the copy is called; the purpose of the copy is the uid of the original.
    A file that cannot be copied is recorded as refused, so that people see that something is missing.
    """
    kind, purpose = subject._meta.label_lower, str(file.uid)
    known: StoredFile | None = StoredFile.objects.filter(
        subject_type=kind, subject_id=subject.pk, purpose=purpose
    ).first()
    if known is not None:
        return known
    with _copied(file) as (refusal, path, sha256, size), unit():
        if not refusal:
            lock_bytes(sha256)
            keep_bytes(path=path, sha256=sha256)
        copy: StoredFile = StoredFile.objects.create(
            subject_type=kind,
            subject_id=subject.pk,
            purpose=purpose,
            name=name,
            content_type=file.content_type,
            size=size,
            sha256=sha256,
            state=FileState.REFUSED if refusal else FileState.CLEAN,
            refusal=refusal,
            by_id=by.pk,
        )
        facts = {"of": purpose, "sha256": sha256, "state": str(copy.state)}
        journal.append(action="workflows.file.copy", subject=copy, by=by, data=facts)
    return copy


@contextmanager
def _copied(file: StoredFile) -> Iterator[tuple[str, Path, str, int]]:
    """The copy in a file of its own that goes away at the end: the code of a refusal, path, SHA-256, size."""
    with tempfile.TemporaryDirectory(prefix="tala-copy-") as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        with storages["private"].open(place_of(file.sha256)) as content:
            source.write_bytes(content.read())
        refusal = write_copy(source, extension_of(file.name), target)
        data = b"" if refusal else target.read_bytes()
        yield refusal, target, hashlib.sha256(data).hexdigest() if data else "", len(data)
