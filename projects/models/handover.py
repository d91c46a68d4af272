"""Handing projects over from one officer to another, for good or for a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.enums import HandoverState
from projects.querysets import DepartmentQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class Handover(Stateful):
    """Projects that pass from the care of `giver` to that of `receiver`; `projects` is the selection.

    starts_on -- the first day; ends_on -- the last day of a deputy, None for good; made_by -- the giver or a
    decision maker. Who is in charge of a project stands in `Project.officer`.
    """

    state = state_field(HandoverState, HandoverState.PLANNED)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_given")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_received")
    projects = models.ManyToManyField("projects.Project", related_name="handovers")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("hand-over of projects")
        verbose_name_plural = _("hand-overs of projects")
        constraints = [
            state_constraint(HandoverState, "handover_state"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="handover_two_people"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="handover_days_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("handover", args=[self.uid])
