"""Side effects, written in the transaction that causes them and delivered after it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from workflows.enums import OutboxState


class OutboxMessage(models.Model):
    """One effect: delivered at least once, by a task that is idempotent by `key`."""

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=64, db_index=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=OutboxState.choices, default=OutboxState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="outbox_due")]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=OutboxState.values), name="outbox_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
