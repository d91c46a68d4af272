"""Changes of a running project (变更) and the supplementary contracts (补充任务书) that follow the major ones."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import OPEN_CHANGES, ChangeKind, ChangeRoute, ChangeState, SupplementState
from projects.querysets import FollowsProject
from workflows.models.stateful import Stateful, state_constraint, state_field


class ProjectChange(Stateful):
    """One change of a project, with the row of the rules that it follows as that was when it was asked for.

    payload -- what changes, by kind (`projects.forms.change`); rows -- the same in words: part, before, after.
    route, supplement_follows, source -- of the row of the rules, rules_version names these.
    due_at -- by when whoever has it decides; key -- of the form it was sent with: sent twice, it is the same.
    """

    state = state_field(ChangeState, ChangeState.DRAFT)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=16, choices=ChangeKind.choices)
    payload: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    rows: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    reason = models.TextField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    route = models.CharField(max_length=16, choices=ChangeRoute.choices)
    supplement_follows = models.BooleanField(default=False)
    rules_version = models.CharField(max_length=10)
    source = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a project")
        verbose_name_plural = _("changes of projects")
        indexes = [models.Index(fields=["state", "due_at"], name="change_due")]
        constraints = [
            state_constraint(ChangeState, "change_state"),
            models.UniqueConstraint(fields=["project", "number"], name="change_number"),
            models.UniqueConstraint(fields=["project", "key"], name="change_sent_once"),
            models.UniqueConstraint(
                fields=["project", "kind"], condition=models.Q(state__in=OPEN_CHANGES), name="change_one_open_of_a_kind"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="change_kind"),
            models.CheckConstraint(condition=models.Q(route__in=ChangeRoute.values), name="change_route"),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=False) | models.Q(state__in=["draft", *OPEN_CHANGES]),
                name="change_decided_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} · {self.number}"

    def get_absolute_url(self) -> str:
        """The change's page."""
        return reverse("change", args=[self.uid])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in OPEN_CHANGES

    @property
    def is_late(self) -> bool:
        """Whether whoever has it should have decided by now."""
        return self.is_open and self.due_at is not None and self.due_at <= timezone.now()


class Supplement(Stateful):
    """The supplementary contract of a major change: a version of the text, signed in the order of the contract."""

    signing = "supplement"
    state = state_field(SupplementState, SupplementState.SIGNING)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="supplements")
    change = models.OneToOneField(ProjectChange, on_delete=models.PROTECT, related_name="supplement")
    text = models.OneToOneField("projects.ContractVersion", on_delete=models.PROTECT, related_name="supplement")
    number = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsProject.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("supplementary contract")
        verbose_name_plural = _("supplementary contracts")
        constraints = [
            state_constraint(SupplementState, "supplement_state"),
            models.UniqueConstraint(fields=["project", "number"], name="supplement_number"),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | models.Q(signed_at__isnull=False), name="supplement_signed_at"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} · {self.number}"

    def get_absolute_url(self) -> str:
        """The supplementary contract's page."""
        return reverse("supplement", args=[self.uid])
