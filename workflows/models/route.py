"""Approval routes: ordered steps, each with a role, a scope, a quorum and perhaps a clock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from workflows.enums import RouteState, Verdict


class Route(models.Model):
    """One run of approvals over one subject. Returned for correction: a new run begins, this one stays."""

    kind = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=RouteState.choices, default=RouteState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="route_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=models.Q(state="open"),
                name="route_one_open",
            ),
            models.CheckConstraint(condition=models.Q(state__in=RouteState.values), name="route_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"


class RouteStep(models.Model):
    """One step: who may decide is (role, scope), read by the route's kind; `quorum` approvals pass it."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=48)
    scope = models.CharField(max_length=64, blank=True)
    label = models.CharField(max_length=120)
    quorum = models.PositiveSmallIntegerField(default=1)
    due_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["route", "order"]
        constraints = [
            models.UniqueConstraint(fields=["route", "order"], name="route_step_order"),
            models.CheckConstraint(condition=models.Q(quorum__gte=1), name="route_step_quorum"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.label}"


class RouteDecision(models.Model):
    """What one person said at one step; void when a later return sent the subject back."""

    step = models.ForeignKey(RouteStep, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    void = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "by"], condition=models.Q(void=False), name="route_one_voice"),
            models.CheckConstraint(condition=models.Q(verdict__in=Verdict.values), name="route_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.step}"
