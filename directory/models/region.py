"""Regions and focus areas: the two trees that calls, organisations and statistics hang on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.enums import RegionLevel


class Region(models.Model):
    """An administrative division by its code (GB/T 2260): the region, its 12 leagues and cities, their banners."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=12, choices=RegionLevel.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [models.CheckConstraint(condition=models.Q(level__in=RegionLevel.values), name="region_level")]

    def __str__(self) -> str:
        return self.name


class FocusArea(models.Model):
    """An area that the department supports, in two or three levels. `path` is the codes from the top, with dots."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")

    def __str__(self) -> str:
        return self.name
