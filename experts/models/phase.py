"""Phases of a round, and what experts say to each other while a phase lets them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.enums import RoundState
from experts.querysets import DepartmentQuerySet, EarlierSheetQuerySet, RemarkQuerySet

# The steps of a round with which a phase can begin.
STEPS = (RoundState.SCORING, RoundState.DISCUSSING, RoundState.RANKED, RoundState.CLOSED)


class RoundPhase(models.Model):
    """One row of switches. It begins with a step of the round or at an instant, and lasts until the next one begins.

    opened_to_experts, opened_to_chair, opened_to_department -- values of `experts.enums.Switch`
    own_first -- experts see what is others' only after they submitted their own sheet
    """

    round = models.ForeignKey("experts.ReviewRound", on_delete=models.PROTECT, related_name="phases")
    number = models.PositiveSmallIntegerField()
    begins_with = models.CharField(
        _("begins with the step"), max_length=16, blank=True, choices=[(one.value, one.label) for one in STEPS]
    )
    begins_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    own_first = models.BooleanField(_("own sheet first"), default=True)
    opened_to_experts = models.JSONField(default=list)
    opened_to_chair = models.JSONField(default=list)
    opened_to_department = models.JSONField(default=list)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["round", "number"]
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="phase_number_once"),
            models.CheckConstraint(
                condition=models.Q(begins_with="", begins_at__isnull=False)
                | (models.Q(begins_at__isnull=True) & ~models.Q(begins_with="")),
                name="phase_begins_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class Remark(models.Model):
    """What one expert says to the others of the same dossier."""

    assignment = models.ForeignKey("experts.Assignment", on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("remark"), max_length=2000)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")

    def __str__(self) -> str:
        return f"{self.assignment} {self.at:%Y-%m-%d}"


class EarlierSheet(models.Model):
    """What a submitted sheet said before its expert changed it in a phase that allows it."""

    assignment = models.ForeignKey("experts.Assignment", on_delete=models.PROTECT, related_name="earlier_sheets")
    version = models.PositiveIntegerField()
    answers = models.JSONField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EarlierSheetQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "version"]
        constraints = [models.UniqueConstraint(fields=["assignment", "version"], name="earlier_sheet_version_once")]

    def __str__(self) -> str:
        return f"{self.assignment} {self.version}"
