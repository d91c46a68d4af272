"""Uploads: private, named by their content, readable through one view."""

from __future__ import annotations

import uuid
import zlib

from django.conf import settings
from django.db import models
from django.utils import timezone

from workflows.enums import FileState


class StoredFile(models.Model):
    """One upload of one subject. The original name is a label; the bytes lie under their SHA-256.

    `removed_at`: taken off its subject. `bytes_gone_at`: given up for good, nothing may read it again.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=64, help_text="which field of the subject it belongs to")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=12, choices=FileState.choices, default=FileState.WAITING)
    refusal = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    bytes_gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="file_subject")]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=FileState.values), name="file_state")]

    def __str__(self) -> str:
        return self.name


class FileText(models.Model):
    """The text of the bytes under one digest, for searches by the program alone; nobody reads it on a page.

    `readable` is False for what cannot be read; an empty text is a scan or a picture.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    packed = models.BinaryField(default=bytes)
    readable = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def text(self) -> str:
        """The text, in compatibility form."""
        return zlib.decompress(self.packed).decode() if self.packed else ""
