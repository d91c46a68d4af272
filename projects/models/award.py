"""Past awards, imported from published lists: what experts and organisations did before."""

from __future__ import annotations

from django.db import models


class Award(models.Model):
    """One award of a published list. Amount in yuan when known."""

    source = models.CharField(max_length=24)
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    discipline = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    awarded_on = models.DateField(null=True, blank=True)
    rating = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
