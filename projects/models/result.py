"""What came out of a project: papers, patents, standards, people, contracts. Written down once, used by every form."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import ResultKind
from projects.querysets import FollowsProject


class Result(models.Model):
    """One result. Struck out it stays to be read and counts no more.

    number -- DOI, patent, standard or contract number in its plain form, empty for people; acknowledgement -- the words
    by which it names the project; count -- how many people; amount -- of a contract, in yuan.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="results")
    kind = models.CharField(_("kind of result"), max_length=16, choices=ResultKind.choices)
    title = models.CharField(_("title of the result"), max_length=300)
    number = models.CharField(_("number"), max_length=120, blank=True)
    issn = models.CharField(max_length=9, blank=True)
    dated_on = models.DateField(_("dated"))
    acknowledgement = models.CharField(max_length=500)
    count = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(max_length=200, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "number"],
                condition=models.Q(struck_at=None) & ~models.Q(number=""),
                name="result_once",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=ResultKind.values), name="result_kind"),
            models.CheckConstraint(condition=models.Q(kind="people") | ~models.Q(number=""), name="result_number"),
        ]

    def __str__(self) -> str:
        return self.title
