"""What people keep about the portfolio: views under a name, and spreadsheets made away from the request."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.querysets import OwnQuerySet


class SavedView(models.Model):
    """A view of the portfolio under a name of its owner: `query` is the filters as the query of an address."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="portfolio_views")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=600, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The portfolio as the view shows it."""
        return f"{reverse('portfolio')}?{self.query}"


class PortfolioSheet(models.Model):
    """A spreadsheet of the projects that a view shows its owner; `rows` of `total` are written so far.

    The file is kept with it for some days (see `projects.actions.portfolio`) and then removed.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="portfolio_sheets")
    query = models.CharField(max_length=600, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.rows}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is."""
        return reverse("portfolio-sheet", args=[self.uid])
