"""The journal: append-only entries, chained by hash when their unit of work ends."""

from __future__ import annotations

import uuid

from django.db import models


class JournalEntry(models.Model):
    """One fact: who, on whose behalf, what, when. No foreign keys into live data, no personal values.

    `data` holds identifiers, states and digests only. An entry gets its place in the chain by its
    `JournalLink`, written when the outermost unit of work ends.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=64, help_text="'user:<pk>' or 'system'")
    on_behalf = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64, db_index=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="journal_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type}:{self.subject_id}"


class JournalLink(models.Model):
    """The place of one entry in the chain: seq without gaps, hash over the previous hash and the entry."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="link")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    algorithm = models.CharField(max_length=16, default="sha256-1")

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"#{self.seq}"


class JournalHead(models.Model):
    """One row: the end of the chain. Its lock is taken last in every unit of work."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"#{self.seq} {self.hash[:12]}"
