"""What an expert's work in one round was worth: the figures, the formula they were weighed by, the result."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.querysets import FollowsExpert


class ExpertCredit(models.Model):
    """One expert in one round.

    parts -- {"punctuality", "agreement", "rating", "opinion": 0 to 100 as text}; a part that is not known is missing
    weights -- the formula (settings.EXPERT_CREDIT) as it was when `score`, 0 to 100, was computed
    """

    round = models.ForeignKey("experts.ReviewRound", on_delete=models.PROTECT, related_name="credits")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="credits")
    parts = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    score = models.DecimalField(max_digits=5, decimal_places=2)
    rating = models.PositiveSmallIntegerField(
        _("rating, 1 to 5"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    rating_note = models.CharField(_("why"), max_length=300, blank=True)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    computed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "expert"], name="credit_once"),
            models.CheckConstraint(
                condition=models.Q(score__gte=0) & models.Q(score__lte=100), name="credit_score_range"
            ),
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | (models.Q(rating__gte=1) & models.Q(rating__lte=5)),
                name="credit_rating_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.score}"
