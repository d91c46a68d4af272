"""The calibrated figures of a round: computed once, kept with the digest of the scores they came from."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from experts.querysets import DepartmentQuerySet


class Ranking(models.Model):
    """What needs a model of the whole round.

    inputs_sha256 -- over every score that went in (`experts.queries.scores.inputs_digest`)
    figures -- {dossier: {"t_score", "ridge", "effect", "low", "high", "expected_rank"}}, on the scale of the scores
        but for the T-score (mean 50) and the rank; empty when the reviews fall into groups
    groups -- the dossiers of each group without a common expert, the largest first; one when all can be compared
    offsets -- {expert: points by which the expert is more generous than the average}
    """

    round = models.OneToOneField("experts.ReviewRound", on_delete=models.PROTECT, related_name="ranking")
    inputs_sha256 = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    groups = models.JSONField(default=list)
    offsets = models.JSONField(default=dict)
    computed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DepartmentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.round} {self.inputs_sha256[:12]}"
