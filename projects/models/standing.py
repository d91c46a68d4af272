"""Pilot status and credit grade of organisations: given by the department for a time, under a document."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import GIVEN_STANDINGS, CreditGrade, StandingKind, StandingState
from projects.querysets import StandingQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class ChannelStanding(Stateful):
    """One pilot status, or one credit grade, of an organisation from a day to a last day (None: no end named)."""

    state = state_field(StandingState, StandingState.PROPOSED)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="standings")
    kind = models.CharField(_("kind"), max_length=8, choices=StandingKind.choices)
    grade = models.CharField(_("credit grade"), max_length=1, choices=CreditGrade.choices, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    document = models.CharField(_("document number"), max_length=80)
    reason = models.TextField(_("reason"), max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("pilot status or credit grade")
        verbose_name_plural = _("pilot status and credit grades")
        indexes = [models.Index(fields=["organisation", "valid_from"], name="channel_standing_days")]
        constraints = [
            state_constraint(StandingState, "channel_standing_state"),
            models.CheckConstraint(
                condition=models.Q(kind="pilot", grade="") | models.Q(kind="grade", grade__in=CreditGrade.values),
                name="channel_standing_grade",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=GIVEN_STANDINGS) | models.Q(approved_by__isnull=False),
                name="channel_standing_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="channel_standing_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.what}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("channel-standing", args=[self.uid])

    @property
    def what(self) -> str:
        """What it is, in words."""
        label = str(self.get_kind_display())
        return f"{label} {self.grade}" if self.grade else label

    def holds_on(self, day: dt.date) -> bool:
        """Whether it counts on `day`."""
        begun = self.state in GIVEN_STANDINGS and self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    @property
    def holds_today(self) -> bool:
        """Whether it counts today."""
        return self.holds_on(timezone.localdate())
