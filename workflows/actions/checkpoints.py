"""Making checkpoints of the journal."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from workflows.checkpoints import LATEST, PUBLIC_KEY, Checkpoint, folder, public_pem, signing_key
from workflows.models import JournalHead


def make_checkpoint() -> Checkpoint:
    """Sign the present head and write it to `settings.CHECKPOINT_DIR`; the public key lies beside it."""
    head = JournalHead.objects.filter(pk=1).first() or JournalHead()
    unsigned = Checkpoint(head.seq, head.hash, timezone.now().astimezone(dt.UTC).isoformat(), settings.RELEASE)
    signature = signing_key().sign(unsigned.signed_bytes).hex()
    checkpoint = dataclasses.replace(unsigned, signature=signature)
    place = folder()
    _write(place / f"{head.seq:012d}.json", checkpoint.to_json().encode())
    _write(place / LATEST, checkpoint.to_json().encode())
    _write(place / PUBLIC_KEY, public_pem())
    return checkpoint


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: readers never see half a file."""
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(content)
    draft.replace(path)
