"""What an officer cut from an opinion before the applicant reads it; the sheet itself stays as it was submitted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.querysets import DepartmentQuerySet


class OpinionRedaction(models.Model):
    """The text that goes to the applicant in place of the opinion, and why. An empty text withholds the opinion."""

    sheet = models.OneToOneField("experts.ScoreSheet", on_delete=models.PROTECT, related_name="redaction")
    text = models.TextField(_("text for the applicant"), blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="redaction_reason")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.reason}"
