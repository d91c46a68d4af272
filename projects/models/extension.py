"""Later deadlines of a call that is published already."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.enums import ExtensionState
from projects.querysets import DepartmentQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class CallExtension(Stateful):
    """One extension: proposed by an officer, in force once a second person has approved it.

    `filing_before` and `recommendation_before` are the deadlines that it moves; the reason is public.
    """

    state = state_field(ExtensionState, ExtensionState.PROPOSED)
    call = models.ForeignKey("projects.Call", on_delete=models.PROTECT, related_name="extensions")
    filing_before = models.DateTimeField()
    filing_deadline = models.DateTimeField(_("new filing deadline"))
    recommendation_before = models.DateTimeField(null=True, blank=True)
    recommendation_deadline = models.DateTimeField(_("new recommendation deadline"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("extension of a call")
        verbose_name_plural = _("extensions of calls")
        constraints = [
            state_constraint(ExtensionState, "extension_state"),
            models.UniqueConstraint(
                fields=["call"], condition=models.Q(state="proposed"), name="extension_one_proposed"
            ),
            models.CheckConstraint(
                condition=models.Q(filing_deadline__gt=models.F("filing_before")), name="extension_is_later"
            ),
            models.CheckConstraint(
                condition=models.Q(recommendation_deadline__isnull=True)
                | models.Q(recommendation_deadline__gte=models.F("filing_deadline")),
                name="extension_deadlines_ordered",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="extension_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.call)

    def get_absolute_url(self) -> str:
        """It stands on the record of its call."""
        return reverse("officer_call", args=[self.call.uid])
