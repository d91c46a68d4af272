"""The expert pool (专家库): who may be asked, about what, and how much."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from experts.enums import ExpertState
from experts.querysets import ExpertQuerySet, FollowsExpert
from workflows.models.stateful import Stateful, state_constraint, state_field


class ExpertProfile(Stateful):
    """A person in the pool. `kinds` are values of ExpertKind; `keywords` are short phrases.

    `max_load` is how many dossiers the expert reviews at one time.
    """

    state = state_field(ExpertState, ExpertState.APPLIED)
    person = models.OneToOneField("directory.Person", on_delete=models.PROTECT, related_name="expert")
    kinds = models.JSONField(_("kinds"), default=list)
    focus_areas = models.ManyToManyField(
        "directory.FocusArea", blank=True, related_name="experts", verbose_name=_("focus areas")
    )
    discipline = models.CharField(_("discipline"), max_length=80, blank=True)
    keywords = models.JSONField(_("keywords"), default=list)
    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    max_load = models.PositiveSmallIntegerField(_("reviews at one time"), default=10)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints = [
            state_constraint(ExpertState, "expert_state"),
            models.CheckConstraint(
                condition=models.Q(max_load__gte=1) & models.Q(max_load__lte=100), name="expert_load_sane"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ExpertiseItem(models.Model):
    """Something the expert did: the title of a project, paper or patent, by which dossiers are matched."""

    expert = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="expertise")
    title = models.CharField(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["expert", "title"], name="expertise_once")]

    def __str__(self) -> str:
        return self.title
