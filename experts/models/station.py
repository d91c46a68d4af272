"""Where an expert worked and studied, with the days: what the pool knows, and what conflicts are computed from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.enums import StationKind
from experts.querysets import FollowsExpert


class Station(models.Model):
    """One employment or one course of study; `until` is None while it goes on.

    `organisation` is the registered one of that name or code, if there is one; `name` stays as it was typed.
    """

    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.CASCADE, related_name="stations")
    kind = models.CharField(_("kind"), max_length=8, choices=StationKind.choices)
    name = models.CharField(_("organisation"), max_length=120)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("position or degree"), max_length=80, blank=True)
    since = models.DateField(_("from (day)"))
    until = models.DateField(_("until (day)"), null=True, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StationKind.values), name="station_kind"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="station_days_in_order"
            ),
            models.UniqueConstraint(fields=["expert", "kind", "name", "since"], name="station_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
