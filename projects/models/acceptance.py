"""The acceptance (验收) of a project: filed by the investigator, confirmed, checked, heard by experts, decided."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import OPEN_ACCEPTANCES, AcceptanceOutcome, AcceptanceState, Attainment, Organiser
from projects.querysets import FollowsProject
from workflows.models.stateful import Stateful, state_constraint, state_field


class Acceptance(Stateful):
    """One per project. What the department knows already is filled in by itself; people write the texts.

    due_at -- by when it is filed, or filed again
    targets -- how far each target of the contract was reached: [{"target", "attainment", "evidence"}]
    content, sha256 -- texts and figures as they stood when it was filed last
    organiser -- who calls the experts together, by the grant when it was filed
    review -- the reference of the review round in which the department's experts are or were heard
    heard_on, experts, task, finance, suggested, opinion -- the day, the experts a line each, what they found, as typed
        by the organiser
    outcome, reason, proposed_by -- what an officer proposes; decided_by, decided_at -- who approved it
    appeal_until -- until when the outcome is on public notice and may be appealed against
    rectified -- whether rectification was asked for, which happens once
    surplus -- fiscal money (yuan) that arrived and was not spent, when it was decided
    """

    state = state_field(AcceptanceState, AcceptanceState.DRAFT)
    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="acceptance")
    due_at = models.DateTimeField()
    summary = models.TextField(max_length=5000, blank=True)
    benefit = models.TextField(max_length=3000, blank=True)
    targets = models.JSONField(default=list)
    filed_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    organiser = models.CharField(max_length=12, choices=Organiser.choices, blank=True)
    review = models.CharField(max_length=120, blank=True, db_index=True)
    heard_on = models.DateField(null=True, blank=True)
    experts = models.TextField(max_length=2000, blank=True)
    task = models.CharField(max_length=8, choices=Attainment.choices, blank=True)
    finance = models.BooleanField(null=True, blank=True)
    suggested = models.CharField(max_length=10, choices=AcceptanceOutcome.choices, blank=True)
    opinion = models.TextField(max_length=5000, blank=True)
    outcome = models.CharField(max_length=10, choices=AcceptanceOutcome.choices, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    appeal_until = models.DateTimeField(null=True, blank=True)
    rectified = models.BooleanField(default=False)
    surplus = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        indexes = [models.Index(fields=["state", "due_at"], name="acceptance_due")]
        constraints = [
            state_constraint(AcceptanceState, "acceptance_state"),
            models.CheckConstraint(
                condition=~models.Q(state="decided")
                | models.Q(
                    outcome__in=("passed", "concluded", "failed"), decided_by__isnull=False, decided_at__isnull=False
                ),
                name="acceptance_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="acceptance_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} {self.project.title}"

    def get_absolute_url(self) -> str:
        """The acceptance's page."""
        return reverse("acceptance", args=[self.uid])

    @property
    def is_open(self) -> bool:
        """Whether it is the investigator's turn."""
        return self.state in OPEN_ACCEPTANCES

    @property
    def is_late(self) -> bool:
        """Whether it should have been filed by now."""
        return self.is_open and self.due_at <= timezone.now()

    @property
    def outcome_tone(self) -> str:
        """The tone of the outcome's badge: neither concluding nor rectifying is good or bad."""
        tones: dict[str, str] = {AcceptanceOutcome.PASSED: "ok", AcceptanceOutcome.FAILED: "no"}
        return tones.get(self.outcome, "")
