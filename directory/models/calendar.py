"""The working calendar: days on which the weekday does not say whether offices work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.enums import DayKind


class CalendarYear(models.Model):
    """A year whose holidays are published; `document` is the notice of the State Council's office."""

    year = models.PositiveSmallIntegerField(unique=True)
    document = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """One exception: a weekday off, or a weekend day worked."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=12, choices=DayKind.choices)
    name = models.CharField(_("name"), max_length=40, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=DayKind.values), name="calendar_day_kind")]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
