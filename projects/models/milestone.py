"""Milestones (里程碑) of a project, as its contract gives them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import MilestoneState, ProjectState
from projects.querysets import FollowsProject
from workflows.models.stateful import Stateful, state_constraint, state_field


class Milestone(Stateful):
    """What a project is to have reached on `due_on`, the last day of its year or of the term."""

    state = state_field(MilestoneState, MilestoneState.AHEAD)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("due"))
    text = models.TextField(max_length=1500)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["project", "number"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            state_constraint(MilestoneState, "milestone_state"),
            models.UniqueConstraint(fields=["project", "number"], name="milestone_number"),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} · {self.number}"

    def get_absolute_url(self) -> str:
        """The milestone's page."""
        return reverse("milestone", args=[self.uid])

    @property
    def is_late(self) -> bool:
        """Whether its day is over and nobody has said that it was reached, while the project runs."""
        waits = self.state == MilestoneState.AHEAD and self.project.state == ProjectState.ACTIVE
        return waits and self.due_on < timezone.localdate()
