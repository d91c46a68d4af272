"""What a project spends: entries typed, or taken from a list of the finance system."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.budget import SOURCE_LABELS
from projects.querysets import FollowsProject

SOURCE_CHOICES = list(SOURCE_LABELS.items())


class SpendingFile(models.Model):
    """A list that was handed in: its rows as read, with what becomes of each. The file itself is not kept."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="spending_files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The preview."""
        return reverse("spending-file", args=[self.uid])


class Spending(models.Model):
    """One entry of a voucher, in yuan; a reversal is negative. Struck out it stays and counts no more.

    period -- the month, in which the number of a voucher is its own; entry -- its number within the voucher.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="spending")
    period = models.CharField(max_length=7)
    voucher = models.CharField(pgettext_lazy("finance", "voucher"), max_length=40)
    entry = models.CharField(max_length=10, blank=True)
    spent_on = models.DateField(_("spent on"))
    amount = models.DecimalField(_("amount, yuan"), max_digits=14, decimal_places=2)
    category = models.CharField(_("category"), max_length=40)
    source = models.CharField(_("source"), max_length=8, choices=SOURCE_CHOICES, default="fiscal")
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    file = models.ForeignKey(SpendingFile, on_delete=models.PROTECT, related_name="entries", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(max_length=200, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-spent_on", "-pk"]
        verbose_name = _("spending")
        verbose_name_plural = _("spending")
        indexes = [models.Index(fields=["project", "category"], name="spending_category")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period", "voucher", "entry"],
                condition=models.Q(struck_at=None),
                name="spending_voucher_once",
            ),
            models.CheckConstraint(condition=~models.Q(amount=0), name="spending_amount"),
            models.CheckConstraint(condition=models.Q(source__in=["fiscal", "own"]), name="spending_source"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} {self.amount}"
