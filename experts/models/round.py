"""Review rounds: a batch of dossiers scored by experts under one frozen scheme."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from experts.enums import RUNNING_ROUNDS, RankingMethod, RoundState
from experts.querysets import RoundQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class ReviewRound(Stateful):
    """One round. `scheme` is the scoring scheme (see `experts.scheme.Scheme`), frozen when the round opens.

    `reference` is a label of whoever ordered the review, for example "projects.call:12"; nothing is looked
    up by it here.
    """

    state = state_field(RoundState, RoundState.PLANNED)
    title = models.CharField(_("title"), max_length=200)
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    scheme = models.JSONField(_("scoring scheme"), default=dict)
    experts_per_dossier = models.PositiveSmallIntegerField(_("experts per dossier"), default=5)
    minimum_sheets = models.PositiveSmallIntegerField(_("sheets needed to rank"), default=3)
    divergence = models.DecimalField(_("spread that is flagged, points"), max_digits=5, decimal_places=2, default=25)
    extra_expert = models.BooleanField(_("one more expert is proposed where opinions diverge"), default=False)
    ranking_method = models.CharField(
        _("ranks follow"), max_length=16, choices=RankingMethod.choices, default=RankingMethod.MEAN
    )
    trim_from = models.PositiveSmallIntegerField(_("scores from which the trimmed mean trims"), default=5)
    answer_days = models.PositiveSmallIntegerField(_("days to answer an invitation"), default=5)
    score_deadline = models.DateTimeField(_("scores are due"), null=True, blank=True)
    blind = models.BooleanField(_("experts do not see who applies"), default=True)
    names_first = models.BooleanField(_("experts first declare on the mixed names of the batch"), default=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="review_rounds"
    )
    chair = models.ForeignKey(
        "experts.ExpertProfile", null=True, blank=True, on_delete=models.PROTECT, related_name="chaired_rounds"
    )
    opinions_released_at = models.DateTimeField(null=True, blank=True, editable=False)
    ranked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("review round")
        verbose_name_plural = _("review rounds")
        constraints = [
            state_constraint(RoundState, "round_state"),
            models.CheckConstraint(condition=models.Q(answer_days__gte=1), name="round_answer_days"),
            models.CheckConstraint(
                condition=models.Q(ranking_method__in=RankingMethod.values), name="round_ranking_method"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_sheets__gte=1)
                & models.Q(experts_per_dossier__gte=models.F("minimum_sheets")),
                name="round_seats_ordered",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "cancelled"]) | models.Q(score_deadline__isnull=False),
                name="round_has_deadline",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["ranked", "closed"]) | models.Q(ranked_at__isnull=False),
                name="round_ranked_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether experts may be assigned and sheets written."""
        return self.state in RUNNING_ROUNDS
