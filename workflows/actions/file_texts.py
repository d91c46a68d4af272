"""The texts of uploads: wanted by rooms that search in them, read once for the same bytes, gone with them."""

from __future__ import annotations

import tempfile
import zlib
from pathlib import Path

from django.core.files.storage import storages

from workflows.actions.files import lock_bytes
from workflows.actions.outbox import queue
from workflows.actions.unit import unit
from workflows.extract.child import read_text
from workflows.files import place_of
from workflows.gate.names import extension_of
from workflows.models import FileText, StoredFile


def want_text(*, file: StoredFile) -> None:
    """Have the text of `file` read away from the request; call it inside the unit that keeps the file."""
    queue(kind="files.read", key=f"files.read:{file.uid}", payload={"file": str(file.uid)})


def keep_text(*, file: StoredFile) -> FileText | None:
    """Read the text of `file` and keep it; what was read stays. None once its bytes were given up."""
    known: FileText | None = FileText.objects.filter(sha256=file.sha256).first()
    if known is not None or file.bytes_gone_at is not None or not file.sha256:
        return known
    text = _read(file)
    with unit():
        lock_bytes(file.sha256)
        packed = b"" if not text else zlib.compress(text.encode())
        found, _made = FileText.objects.get_or_create(
            sha256=file.sha256, defaults={"packed": packed, "readable": text is not None}
        )
    return found


def _read(file: StoredFile) -> str | None:
    """The text, by way of a folder of its own that goes away."""
    with tempfile.TemporaryDirectory(prefix="tala-text-") as folder:
        source = Path(folder) / "source"
        with storages["private"].open(place_of(file.sha256)) as content:
            source.write_bytes(content.read())
        return read_text(source, extension_of(file.name), Path(folder) / "text")
