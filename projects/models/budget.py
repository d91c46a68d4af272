"""Budget lines: category, fiscal and own money apart, in yuan."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class BudgetLine(models.Model):
    """One line of a proposal's budget. Categories are the rows of `projects.budget.CATEGORIES`."""

    proposal = models.ForeignKey("projects.Proposal", on_delete=models.CASCADE, related_name="budget_lines")
    category = models.CharField(max_length=40)
    fiscal = models.DecimalField(_("fiscal money, yuan"), max_digits=14, decimal_places=2, default=Decimal(0))
    own = models.DecimalField(_("own money, yuan"), max_digits=14, decimal_places=2, default=Decimal(0))
    basis = models.CharField(_("basis of the estimate"), max_length=500, blank=True)

    class Meta:
        ordering = ["proposal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "category"], name="budget_line_once"),
            models.CheckConstraint(
                condition=models.Q(fiscal__gte=0) & models.Q(own__gte=0), name="budget_line_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.category
