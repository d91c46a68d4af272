"""The ledger of a project: its approved budget (批复预算) line by line, fiscal money in yuan."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.querysets import FollowsProject


class LedgerLine(models.Model):
    """One line: a category of one sub-project at one participating organisation.

    opening -- as the contract gave it; approved -- with every adjustment that counts since. Written by
    `projects.actions.ledger` alone; `topic` is empty for a project without sub-projects.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="ledger")
    category = models.CharField(_("category"), max_length=40)
    topic = models.CharField(_("sub-project"), max_length=120, blank=True)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    opening = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    approved = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "category", "topic", "organisation"], name="ledger_line_once"),
            models.CheckConstraint(condition=models.Q(opening__gte=0), name="ledger_opening_positive"),
            models.CheckConstraint(condition=models.Q(approved__gte=0), name="ledger_never_overdrawn"),
        ]

    def __str__(self) -> str:
        return self.category

    @property
    def place(self) -> str:
        """The sub-project and organisation it belongs to, as it is shown where a budget has several."""
        return " · ".join(part for part in (self.topic, self.organisation.name) if part)

    @property
    def changed(self) -> Decimal:
        """By how much it differs from the contract."""
        return self.approved - self.opening
