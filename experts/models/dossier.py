"""Dossiers: what experts read. A frozen copy; the room that handed it in keeps the original."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.querysets import DossierQuerySet


class Dossier(models.Model):
    """One frozen dossier. Immutable from the moment it belongs to a round.

    subject_type, subject_id -- labels of the original for the room that handed it in; never looked up here.
    content -- {"sections": [{"title", "text"} …], "files": [{"uid", "name"} …]}, cut without names by the giver.
    kept_away_people, kept_away_organisations -- primary keys in `directory`, hidden from experts.
    asked_to_avoid, organisations_to_avoid -- primary keys of those whom the applicant asked to keep away, hidden
        likewise.
    names -- what to look for in texts and files before experts read them: [{"text", "kind", "beside"} …], hidden.
    requests -- the same in the applicant's words with the reasons, hidden likewise.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(
        "experts.ReviewRound", null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers"
    )
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    title = models.CharField(_("title"), max_length=300)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    focus_areas = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    kept_away_people = models.JSONField(default=list)
    kept_away_organisations = models.JSONField(default=list)
    asked_to_avoid = models.JSONField(default=list)
    organisations_to_avoid = models.JSONField(default=list)
    requests = models.JSONField(default=list)
    names = models.JSONField(default=list)
    handed_in_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(round__isnull=True),
                name="dossier_one_waiting",
            ),
            models.UniqueConstraint(fields=["round", "subject_type", "subject_id"], name="dossier_once_in_round"),
        ]

    def __str__(self) -> str:
        return self.title
