"""Deadlines: an instant by which something must be done, with what happens before and at it."""

from __future__ import annotations

from django.db import models

from workflows.enums import DeadlineState


class Deadline(models.Model):
    """One running clock of one subject. What `kind` does at each instant is its registered `DeadlineKind`."""

    kind = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=DeadlineState.choices, default=DeadlineState.RUNNING)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="deadline_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=models.Q(state="running"),
                name="deadline_one_running",
            ),
            models.CheckConstraint(condition=models.Q(state__in=DeadlineState.values), name="deadline_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id} {self.due_at:%F %R}"
