"""Instalments of the fiscal money (拨款) and the arrival of own money (自筹经费到位)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import FundsSource, InstalmentState, PaymentCondition
from projects.querysets import FollowsProject
from workflows.models.stateful import Stateful, state_constraint, state_field


class Instalment(Stateful):
    """One part of the grant, in yuan. All that are not cancelled add up to the approved budget.

    condition -- what it waits for: with a milestone, that milestone; due_on -- by when it is to be paid.
    paid_on, voucher -- the day and the number of the department's payment; arrived_on -- the day on the host's account.
    """

    state = state_field(InstalmentState, InstalmentState.PLANNED)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(_("amount, yuan"), max_digits=14, decimal_places=2)
    condition = models.CharField(_("waits for"), max_length=16, choices=PaymentCondition.choices)
    milestone = models.ForeignKey(
        "projects.Milestone", on_delete=models.PROTECT, related_name="instalments", null=True, blank=True
    )
    due_on = models.DateField(_("to be paid by"))
    paid_on = models.DateField(null=True, blank=True)
    voucher = models.CharField(max_length=40, blank=True)
    arrived_on = models.DateField(null=True, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["project", "number"]
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        indexes = [models.Index(fields=["state", "due_on"], name="instalment_due")]
        constraints = [
            state_constraint(InstalmentState, "instalment_state"),
            models.UniqueConstraint(fields=["project", "number"], name="instalment_number"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="instalment_positive"),
            models.CheckConstraint(
                condition=models.Q(condition="milestone", milestone__isnull=False)
                | models.Q(condition__in=["signature", "date"], milestone__isnull=True),
                name="instalment_condition",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "cancelled"]) | models.Q(paid_on__isnull=False),
                name="instalment_paid_on",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="arrived") | models.Q(arrived_on__isnull=False),
                name="instalment_arrived_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} · {self.number}"

    def get_absolute_url(self) -> str:
        """Its row on the page of the project's money."""
        return f"{reverse('money', args=[self.project.uid])}#instalment-{self.number}"

    @property
    def is_late(self) -> bool:
        """Whether it should have been paid by now."""
        return self.state == InstalmentState.PLANNED and self.due_on < timezone.localdate()


class OwnFunds(models.Model):
    """Own money of a project that has arrived (yuan), with the paper that proves it as its file.

    key -- of the form it was sent with: sent twice, it is the same. struck_at -- since when it does not count any
    more, with the reason; it is never deleted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="own_funds")
    key = models.UUIDField(default=uuid.uuid4)
    amount = models.DecimalField(_("amount, yuan"), max_digits=14, decimal_places=2)
    arrived_on = models.DateField(_("arrived on"))
    source = models.CharField(_("source"), max_length=16, choices=FundsSource.choices, default=FundsSource.OWN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(max_length=200, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["arrived_on", "pk"]
        verbose_name = _("own money")
        verbose_name_plural = _("own money")
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="own_funds_sent_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="own_funds_positive"),
            models.CheckConstraint(condition=models.Q(source__in=FundsSource.values), name="own_funds_source"),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} {self.amount}"
