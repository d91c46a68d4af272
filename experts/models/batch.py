"""What an expert declared on the names of a whole batch, before any title was shown."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.querysets import FollowsExpert


class NameDeclaration(models.Model):
    """One expert's declaration on the mixed names of one round. It stands; a dossier of these parties is not theirs.

    people, organisations -- primary keys in `directory` of those with whom the expert has a conflict of interest.
    """

    round = models.ForeignKey("experts.ReviewRound", on_delete=models.PROTECT, related_name="name_declarations")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="name_declarations")
    people = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsExpert.as_manager()

    class Meta:
        verbose_name = _("declaration on names")
        verbose_name_plural = _("declarations on names")
        constraints = [models.UniqueConstraint(fields=["round", "expert"], name="names_declared_once")]

    def __str__(self) -> str:
        return f"{self.round} · {self.expert}"
