"""Findings of the checks (形式审查), with their evidence and what the officer made of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import FindingLevel, FindingVerdict


class Finding(models.Model):
    """The result of one check on one submitted version.

    text, evidence -- sentences and links as data: {"code": …, "params": {…}} rendered in the reader's language.
    """

    proposal = models.ForeignKey("projects.Proposal", on_delete=models.CASCADE, related_name="findings")
    check_code = models.CharField(max_length=48)
    subject = models.CharField(max_length=120, blank=True, help_text="whom or what the check looked at")
    level = models.CharField(max_length=12, choices=FindingLevel.choices)
    params = models.JSONField(default=dict)
    document = models.CharField(_("rule"), max_length=120, blank=True)
    verdict = models.CharField(max_length=12, choices=FindingVerdict.choices, default=FindingVerdict.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["proposal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "check_code", "subject"], name="finding_once"),
            models.CheckConstraint(
                condition=models.Q(verdict="open") | models.Q(decided_by__isnull=False),
                name="finding_decided_by",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="overruled") | ~models.Q(reason=""), name="finding_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_code} {self.level}"
