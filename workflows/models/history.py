"""What happened to an object, as its record page shows it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StateChange(models.Model):
    """One performed transition with the actor's note; its journal entry vouches for it by digest."""

    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    transition = models.CharField(max_length=48)
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    entry = models.OneToOneField("workflows.JournalEntry", on_delete=models.PROTECT, related_name="change")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="change_subject")]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} {self.source} → {self.target}"
