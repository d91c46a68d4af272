"""Assignments of experts to dossiers, what they declare, and their score sheets."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.enums import (
    DONE_ASSIGNMENTS,
    LIVE_ASSIGNMENTS,
    OVER_ASSIGNMENTS,
    AssignmentState,
    ConflictKind,
    Recommendation,
)
from experts.querysets import AssignmentQuerySet, FollowsAssignment, FollowsExpert, SheetQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class Assignment(Stateful):
    """One expert, one dossier. `why` holds the matching words and titles that led to it.

    `title_open` is False until the expert declared on the mixed names of the batch, where the round asks for it.
    `answer_by` is the instant at which an unanswered invitation expires; `suggestion` is whom an expert who declined
    named instead.

    `draw` is the draw that gave the seat; empty when it was given by hand.
    """

    state = state_field(AssignmentState, AssignmentState.DRAWN)
    round = models.ForeignKey("experts.ReviewRound", on_delete=models.PROTECT, related_name="assignments")
    dossier = models.ForeignKey("experts.Dossier", on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="assignments")
    why = models.JSONField(default=dict)
    draw = models.ForeignKey(
        "experts.Draw", null=True, blank=True, on_delete=models.PROTECT, related_name="assignments", editable=False
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title_open = models.BooleanField(default=True, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer_by = models.DateTimeField(_("please answer by"), null=True, blank=True, editable=False)
    suggestion = models.CharField(_("somebody better suited"), max_length=200, blank=True)
    statement_signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes = [
            models.Index(fields=["expert", "state"], name="assignment_expert"),
            models.Index(fields=["round", "state"], name="assignment_round"),
        ]
        constraints = [
            state_constraint(AssignmentState, "assignment_state"),
            models.UniqueConstraint(
                fields=["dossier", "expert"],
                condition=models.Q(state__in=[str(state) for state in LIVE_ASSIGNMENTS]),
                name="assignment_one_live",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["submitted", "locked"]) | models.Q(submitted_at__isnull=False),
                name="assignment_submitted_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "scoring", "submitted", "locked"])
                | models.Q(statement_signed_at__isnull=False),
                name="assignment_statement_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.expert}"

    @property
    def shown_title(self) -> str:
        """The title as the expert may read it."""
        return self.dossier.title if self.title_open else str(_("Anonymous dossier"))

    @property
    def shown_keywords(self) -> list[str]:
        """The keywords as the expert may read them: none as long as the title is closed."""
        return list(self.dossier.keywords) if self.title_open else []

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.state in OVER_ASSIGNMENTS

    @property
    def is_done(self) -> bool:
        """Whether the sheet was submitted."""
        return self.state in DONE_ASSIGNMENTS


class RoundStatement(models.Model):
    """The statement of impartiality and confidentiality, signed once by one expert for one round, in these words."""

    round = models.ForeignKey("experts.ReviewRound", on_delete=models.PROTECT, related_name="statements")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="statements")
    text = models.TextField()
    signed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "expert"], name="statement_once_per_round")]

    def __str__(self) -> str:
        return f"{self.round} · {self.expert}"


class ConflictDeclaration(models.Model):
    """What an expert declared about one dossier; it stands for ever, also in later rounds on the same subject."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="declaration")
    kind = models.CharField(_("kind"), max_length=16, choices=ConflictKind.choices)
    note = models.TextField(_("what it is"), blank=True, max_length=1000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsAssignment.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ConflictKind.values), name="declaration_kind")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ScoreSheet(models.Model):
    """The answers of one assignment. `total` is computed by the server, 0 to 100; `version` grows with each save.

    scores   -- {criterion id: points as text}; vetoes -- {veto id: true when it passes}
    questions -- the scheme as the expert saw it, frozen with the first save
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="sheet")
    scores = models.JSONField(default=dict)
    vetoes = models.JSONField(default=dict)
    recommendation = models.CharField(max_length=1, choices=Recommendation.choices, blank=True)
    opinion = models.TextField(blank=True)
    total = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    questions = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(total__isnull=True) | (models.Q(total__gte=0) & models.Q(total__lte=100)),
                name="sheet_total_range",
            ),
            models.CheckConstraint(
                condition=models.Q(recommendation__in=["", *Recommendation.values]), name="sheet_recommendation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.total or '…'}"
