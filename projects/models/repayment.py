"""Money that goes back to the department (结余资金上缴) at the end of a project."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import RepaymentState
from projects.querysets import FollowsProject
from workflows.models.stateful import Stateful, state_constraint, state_field


class Repayment(Stateful):
    """One transfer, in yuan, told by the host with its paper and confirmed by the department.

    key -- of the form it was sent with: sent twice, it is the same
    """

    state = state_field(RepaymentState, RepaymentState.TOLD)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="repayments")
    key = models.UUIDField(default=uuid.uuid4)
    amount = models.DecimalField(_("amount, yuan"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    voucher = models.CharField(_("number of the payment"), max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["project", "paid_on", "pk"]
        verbose_name = _("repayment")
        verbose_name_plural = _("repayments")
        constraints = [
            state_constraint(RepaymentState, "repayment_state"),
            models.UniqueConstraint(fields=["project", "key"], name="repayment_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="repayment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} · {self.voucher}"

    def get_absolute_url(self) -> str:
        """The page of the project's money."""
        return f"{reverse('money', args=[self.project.uid])}#repayments"
