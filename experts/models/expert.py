"""The expert pool (专家库): who may be asked, about what, and how much."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.enums import ExpertSource, ExpertState, WorkKind
from experts.querysets import ExpertQuerySet, FollowsExpert, PoolListQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class ExpertProfile(Stateful):
    """A person in the pool. `kinds` are values of ExpertKind; `keywords` are short phrases.

    `kinds_asked` are kinds that somebody in the pool added and no officer has confirmed: nobody is drawn by them.

    `discipline_codes` are codes of `experts.disciplines`. `max_load` is how many dossiers the expert reviews at one
    time, `max_in_year` in one calendar year (None: the department's limit alone); `consented_at` is when the person
    agreed to serve. `suspended_until` is the last day of a suspension with a term.
    """

    state = state_field(ExpertState, ExpertState.APPLIED)
    person = models.OneToOneField("directory.Person", on_delete=models.PROTECT, related_name="expert")
    kinds = models.JSONField(_("kinds"), default=list)
    kinds_asked = models.JSONField(_("kinds that wait for an officer"), default=list, blank=True)
    focus_areas = models.ManyToManyField(
        "directory.FocusArea", blank=True, related_name="experts", verbose_name=_("focus areas")
    )
    discipline = models.CharField(_("discipline"), max_length=80, blank=True)
    keywords = models.JSONField(_("keywords"), default=list)
    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    max_load = models.PositiveSmallIntegerField(_("reviews at one time"), default=10)
    discipline_codes = models.JSONField(_("disciplines"), default=list, blank=True)
    max_in_year = models.PositiveSmallIntegerField(_("reviews in one year"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=16, choices=ExpertSource.choices, default=ExpertSource.PERSON, db_index=True
    )
    recommended_by = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recommended_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(_("why the organisation recommends the person"), max_length=500, blank=True)
    consented_at = models.DateTimeField(_("agreed to serve"), null=True, blank=True)
    suspended_until = models.DateField(_("suspended until"), null=True, blank=True)

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
            models.CheckConstraint(condition=models.Q(source__in=ExpertSource.values), name="expert_source"),
            models.CheckConstraint(
                condition=models.Q(max_in_year__isnull=True) | models.Q(max_in_year__gte=1),
                name="expert_year_load_sane",
            ),
            models.CheckConstraint(
                condition=models.Q(recommended_by__isnull=True) | models.Q(recommended_at__isnull=False),
                name="expert_recommended_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        """The expert's page in the pool."""
        return reverse("expert", args=[self.uid])


class ExpertiseItem(models.Model):
    """Something the expert did: the title of a project, paper or patent, by which dossiers are matched."""

    expert = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="expertise")
    title = models.CharField(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=WorkKind.choices, default=WorkKind.PROJECT)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["expert", "title"], name="expertise_once"),
            models.CheckConstraint(condition=models.Q(kind__in=WorkKind.values), name="expertise_kind"),
        ]

    def __str__(self) -> str:
        return self.title


class Absence(models.Model):
    """A period in which the expert takes no reviews, both days included."""

    expert = models.ForeignKey(ExpertProfile, on_delete=models.CASCADE, related_name="absences")
    since = models.DateField(_("from (day)"))
    until = models.DateField(_("until (day)"))
    note = models.CharField(_("why"), max_length=120, blank=True)

    objects = FollowsExpert.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("period away")
        verbose_name_plural = _("periods away")
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="absence_days_in_order"),
            models.UniqueConstraint(fields=["expert", "since", "until"], name="absence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"


class PoolList(models.Model):
    """A list of experts that an officer handed in as a spreadsheet: looked through first, then taken as one unit.

    `rows` is what was made of each line, without any identity number; `digest` tells this preview from a later one.
    `fault` says why the file could not be read at all. `paper` names where the people's consent is kept, and admits
    them; without it they stay candidates. `asked_at` is when `asked_by` had the list taken, as long as that has not
    ended; `take_fault` says why the last time ended with nothing written.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=500, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    paper = models.CharField(_("where the consent is kept"), max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    take_fault = models.CharField(max_length=500, blank=True)

    objects = PoolListQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("list of experts")
        verbose_name_plural = _("lists of experts")

    def __str__(self) -> str:
        return self.name
