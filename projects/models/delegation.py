"""What investigators let members of their team do for them, and the changes of budgets prepared that way."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.querysets import DelegationQuerySet, FollowsProject


class Delegation(models.Model):
    """What `person` may do for the investigator of `project` up to the last day; never to sign or to submit.

    It counts while the investigator who gave it leads the project and the person is in the team (`in_force`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="delegations")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="delegations")
    accounts = models.BooleanField(_("write down spending, own money and results"), default=False)
    reports = models.BooleanField(_("write reports"), default=False)
    adjustments = models.BooleanField(_("prepare changes of the budget"), default=False)
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = pgettext_lazy("of an investigator", "delegation")
        verbose_name_plural = pgettext_lazy("of an investigator", "delegations")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"], condition=models.Q(ended_at__isnull=True), name="delegation_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(accounts=True) | models.Q(reports=True) | models.Q(adjustments=True),
                name="delegation_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.person}"

    def get_absolute_url(self) -> str:
        """It stands on the page of the project."""
        return reverse("project", args=[self.project.uid])

    @property
    def acts(self) -> list[str]:
        """What it is for, in words."""
        names = ("accounts", "reports", "adjustments")
        return [str(self._meta.get_field(name).verbose_name) for name in names if getattr(self, name)]  # type: ignore[union-attr]  # plain columns


class PreparedAdjustment(models.Model):
    """A change of the budget that was prepared for the investigator: yuan by the key of the line, and why."""

    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="prepared_adjustment")
    changes = models.JSONField()
    reason = models.TextField(max_length=500, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)

    objects = FollowsProject.as_manager()

    def __str__(self) -> str:
        return str(self.project)

    def get_absolute_url(self) -> str:
        """The form that is filled in with it."""
        return f"{reverse('adjust', args=[self.project.uid])}?prepared=1"
