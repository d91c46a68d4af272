"""The appeal (申诉) against the outcome of an acceptance."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import AppealState
from projects.querysets import FollowsAcceptance
from workflows.models.stateful import Stateful, state_constraint, state_field


class AcceptanceAppeal(Stateful):
    """Made once, while the outcome is on public notice, by investigator or host; an integrity officer answers it.

    outcome -- what was appealed against; due_at -- by when it is answered
    """

    state = state_field(AppealState, AppealState.MADE)
    acceptance = models.OneToOneField("projects.Acceptance", on_delete=models.PROTECT, related_name="appeal")
    outcome = models.CharField(max_length=10)
    reason = models.TextField(_("reason"), max_length=2000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsAcceptance.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            state_constraint(AppealState, "appeal_state"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="appeal_reason"),
        ]

    def __str__(self) -> str:
        return str(self.acceptance)

    def get_absolute_url(self) -> str:
        """The appeal's page."""
        return reverse("appeal", args=[self.uid])

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return bool(self.state == AppealState.MADE)
