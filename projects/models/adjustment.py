"""Changes of a project's budget (预算调剂), their lines, and what an organisation rules about them."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import OPEN_ADJUSTMENTS, AdjustmentRoute, AdjustmentState, EquipmentDecrease
from projects.querysets import AdjustmentPolicyQuerySet, FollowsAdjustment, FollowsProject
from workflows.models.stateful import Stateful, state_constraint, state_field


class Adjustment(Stateful):
    """One change of a budget with the answer of the rules as it was when it was asked for.

    route, rules, documents, because -- that answer, as `projects.channel.decide` gave it under the rows in force
    from `rules_from` on; moved -- the larger of what is added and what is taken away, yuan.
    due_at -- by when whoever has it decides; key -- of the form it was sent with: sent twice, it is the same.
    """

    state = state_field(AdjustmentState, AdjustmentState.DRAFT)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="adjustments")
    number = models.PositiveSmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"), max_length=500)
    route = models.CharField(max_length=16, choices=AdjustmentRoute.choices)
    second_signature = models.BooleanField(default=False)
    rules = models.JSONField(default=list)
    documents = models.JSONField(default=list)
    because = models.TextField()
    rules_from = models.DateField()
    moved = models.DecimalField(max_digits=14, decimal_places=2)
    due_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("budget adjustment")
        verbose_name_plural = _("budget adjustments")
        indexes = [models.Index(fields=["state", "due_at"], name="adjustment_due")]
        constraints = [
            state_constraint(AdjustmentState, "adjustment_state"),
            models.UniqueConstraint(fields=["project", "number"], name="adjustment_number"),
            models.UniqueConstraint(fields=["project", "key"], name="adjustment_sent_once"),
            models.CheckConstraint(
                condition=models.Q(route__in=["recorded", "organisation", "department"]), name="adjustment_route"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="recorded") | models.Q(route="recorded"), name="adjustment_recorded_by_rule"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=False) | models.Q(state__in=["draft", *OPEN_ADJUSTMENTS]),
                name="adjustment_decided_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} · {self.number}"

    def get_absolute_url(self) -> str:
        """The adjustment's page."""
        return reverse("adjustment", args=[self.uid])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in OPEN_ADJUSTMENTS

    @property
    def is_late(self) -> bool:
        """Whether whoever has it should have decided by now."""
        return self.is_open and self.due_at is not None and self.due_at <= timezone.now()


class AdjustmentLine(models.Model):
    """By how much one line of the ledger changes (yuan), and what it held when that was asked for."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("projects.LedgerLine", on_delete=models.PROTECT, related_name="changes")
    before = models.DecimalField(max_digits=14, decimal_places=2)
    change = models.DecimalField(max_digits=14, decimal_places=2)

    objects = FollowsAdjustment.as_manager()

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "line"], name="adjustment_line_once"),
            models.CheckConstraint(condition=~models.Q(change=0), name="adjustment_line_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.change:+}"

    @property
    def after(self) -> Decimal:
        """What the line was to hold."""
        return self.before + self.change


class AdjustmentPolicy(models.Model):
    """What an organisation rules for the budgets of its projects (domain 1.3); an empty part rules nothing."""

    organisation = models.OneToOneField(
        "directory.Organisation", on_delete=models.PROTECT, related_name="adjustment_policy"
    )
    equipment_decrease = models.CharField(
        _("Who decides that the equipment falls"),
        max_length=16,
        choices=EquipmentDecrease.choices,
        default=EquipmentDecrease.ORGANISATION,
    )
    second_signature_over = models.DecimalField(
        _("Second signature above, yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    max_adjustments = models.PositiveSmallIntegerField(_("Adjustments of one budget at most"), null=True, blank=True)
    freeze_before_end_days = models.PositiveSmallIntegerField(
        _("Days before the end in which nothing changes"), null=True, blank=True
    )
    version = models.PositiveIntegerField(default=0)

    objects = AdjustmentPolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(equipment_decrease__in=EquipmentDecrease.values), name="policy_equipment_decrease"
            ),
            models.CheckConstraint(
                condition=models.Q(second_signature_over__isnull=True) | models.Q(second_signature_over__gte=0),
                name="policy_signature_positive",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
