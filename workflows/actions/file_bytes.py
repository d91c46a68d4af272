"""Giving up the bytes of what was removed: after a time of grace, when nothing refers to them any more."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.files.storage import storages
from django.db.models import Q
from django.utils import timezone

from workflows.actions import outbox
from workflows.actions.files import lock_bytes, note
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.enums import FileState
from workflows.files import is_held, place_of
from workflows.models import FileText, StoredFile


def give_up_removed(*, at: dt.datetime | None = None) -> int:
    """Give up files removed (or refused by the scanner) `settings.UPLOAD_GRACE_DAYS` days ago; how many.

    What a frozen record refers to is kept. The bytes go by the effect `files.delete`, once no file has them.
    """
    before = (at or timezone.now()) - dt.timedelta(days=settings.UPLOAD_GRACE_DAYS)
    refused = Q(state=FileState.REFUSED, at__lte=before)
    old = StoredFile.objects.filter(Q(removed_at__lte=before) | refused, bytes_gone_at=None).exclude(sha256="")
    return sum(_give_up(file) for file in old.order_by("pk") if not is_held(file))


def _give_up(file: StoredFile) -> bool:
    with unit():
        lock_bytes(file.sha256)
        row = StoredFile.objects.get(pk=file.pk)
        if row.bytes_gone_at is not None or is_held(row):
            return False
        row.bytes_gone_at = timezone.now()
        row.save(update_fields=["bytes_gone_at"])
        note("give_up", row, SYSTEM)
        outbox.queue(kind="files.delete", key=f"files.delete:{row.uid}", payload={"sha256": row.sha256})
    return True


def delete_bytes(*, sha256: str) -> bool:
    """Delete the bytes under `sha256` unless a file still has them; whether they were deleted. Idempotent.

    Runs under the same lock as an upload of the same bytes: the upload either keeps them or writes them again.
    """
    with unit():
        lock_bytes(sha256)
        if StoredFile.objects.filter(sha256=sha256, bytes_gone_at=None).exists():
            return False
        private, place = storages["private"], place_of(sha256)
        there = private.exists(place)
        private.delete(place)
        FileText.objects.filter(sha256=sha256).delete()
    return there
