"""Reports that a project owes: annual, and a mid-term check where the rules ask for one."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import OPEN_REPORTS, ReportKind, ReportState
from projects.querysets import FollowsProject
from workflows.models.stateful import Stateful, state_constraint, state_field


class Report(Stateful):
    """One report. What the department knows already is filled in by itself; people write the texts.

    due_at -- by when it is submitted first; submitted_at -- when that was; content, sha256 -- the figures and texts as
    they stood when it was submitted last.
    """

    state = state_field(ReportState, ReportState.DRAFT)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind of report"), max_length=16, choices=ReportKind.choices)
    year = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    progress = models.TextField(max_length=5000, blank=True)
    problems = models.TextField(max_length=3000, blank=True)
    next_steps = models.TextField(max_length=3000, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["state", "due_at"], name="report_due")]
        constraints = [
            state_constraint(ReportState, "report_state"),
            models.UniqueConstraint(fields=["project", "kind", "year"], name="report_once"),
            models.CheckConstraint(condition=models.Q(kind__in=ReportKind.values), name="report_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} · {self.year}"

    def get_absolute_url(self) -> str:
        """The report's page."""
        return reverse("report", args=[self.uid])

    @property
    def is_open(self) -> bool:
        """Whether it is the investigator's turn."""
        return self.state in OPEN_REPORTS

    @property
    def is_late(self) -> bool:
        """Whether it was submitted too late, or should have been by now."""
        return self.due_at <= (self.submitted_at or timezone.now())
