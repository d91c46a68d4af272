"""Names that were found in an anonymous dossier, and what an officer said to each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from experts.enums import NameVerdict
from experts.querysets import FollowsDossier
from workflows.naming.finding import KIND_LABELS, NameKind

OF_FILE = "file:"


class NameFinding(models.Model):
    """Words of one dossier that may tell who applies. Experts do not read them unless an officer left them.

    place   -- "section:N" (from 0, in reading order), or "file:UID" of the original
    words   -- as they stand there; "" for a file with hardly any text, which an officer has to look at
    excerpt -- with what stands around them
    """

    dossier = models.ForeignKey("experts.Dossier", on_delete=models.CASCADE, related_name="name_findings")
    place = models.CharField(max_length=64)
    words = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    verdict = models.CharField(_("ruling"), max_length=8, choices=NameVerdict.choices, default=NameVerdict.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = FollowsDossier.as_manager()

    class Meta:
        ordering = ["dossier", "place", "pk"]
        verbose_name = _("name found")
        verbose_name_plural = _("names found")
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=NameVerdict.values), name="name_found_verdict"),
            models.CheckConstraint(
                condition=~models.Q(verdict=NameVerdict.LEFT) | ~models.Q(reason=""), name="name_left_with_reason"
            ),
            models.UniqueConstraint(fields=["dossier", "place", "words"], name="name_found_once"),
        ]

    def __str__(self) -> str:
        return self.words or self.where

    @property
    def of_file(self) -> str:
        """The uid of the original, "" for a section."""
        return self.place.removeprefix(OF_FILE) if self.place.startswith(OF_FILE) else ""

    @property
    def where(self) -> str:
        """The title of the section or the name of the attachment, as experts see it."""
        content = self.dossier.content
        if self.of_file:
            return next((str(one["name"]) for one in content["files"] if str(one["uid"]) == self.of_file), "")
        number = int(self.place.rpartition(":")[2])
        return str(content["sections"][number].get("title", ""))

    @property
    def kind_label(self) -> str:
        """What the words belong to; nothing for a file that could not be searched."""
        return str(KIND_LABELS[NameKind(self.kind)]) if self.kind else ""
