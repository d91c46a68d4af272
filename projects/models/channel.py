"""The versions of the rules of the green channel that officers write, and what each would have decided before."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.enums import STANDING_VERSIONS, AdjustmentRoute, ChannelVersionState
from projects.querysets import DepartmentQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class ChannelVersion(Stateful):
    """One version: `content` is its rows as `projects.channel.rules` reads them, `based_on` the version it changes.

    valid_from -- from this day on projects that begin keep it; those under way keep what they began under.
    """

    state = state_field(ChannelVersionState, ChannelVersionState.DRAFT)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    document = models.CharField(_("document number"), max_length=80, blank=True)
    reason = models.TextField(_("what changes and why"), max_length=1000, blank=True)
    based_on = models.CharField(max_length=10)
    content = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("version of the rules")
        verbose_name_plural = _("versions of the rules")
        constraints = [
            state_constraint(ChannelVersionState, "channel_version_state"),
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=models.Q(state__in=STANDING_VERSIONS),
                name="channel_version_one_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=STANDING_VERSIONS)
                | models.Q(valid_from__isnull=False, approved_by__isnull=False),
                name="channel_version_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
                name="channel_version_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.document or str(self._meta.verbose_name)

    def get_absolute_url(self) -> str:
        """The version's page."""
        return reverse("channel-version", args=[self.uid])


class ChannelPreview(models.Model):
    """What the rows of a draft would have decided on the changes of budgets decided so far.

    content -- the rows replayed; done of total -- how far it is; routes -- how many cases went which way (first key)
    and would go which way (second); rows -- by row, how many it decided and how many it would.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(ChannelVersion, on_delete=models.PROTECT, related_name="previews")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    routes = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    drifted = models.PositiveIntegerField(default=0)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.done}/{self.total}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is, then what it found."""
        return reverse("channel-preview", args=[self.uid])

    def table(self) -> Iterator[tuple[AdjustmentRoute, list[tuple[AdjustmentRoute, int]], int]]:
        """By the way cases went: how many would go each way, and how many went it."""
        for then in AdjustmentRoute:
            row = [(now, self.routes.get(then, {}).get(now, 0)) for now in AdjustmentRoute]
            if any(number for _now, number in row):
                yield then, row, sum(number for _now, number in row)

    @property
    def at_once_before(self) -> float:
        """The share recorded at once as it was decided, 0 to 100."""
        return self._share(sum(self.routes.get(AdjustmentRoute.RECORDED, {}).values()))

    @property
    def at_once_after(self) -> float:
        """The share that would be recorded at once, 0 to 100."""
        return self._share(sum(row.get(AdjustmentRoute.RECORDED, 0) for row in self.routes.values()))

    @property
    def changed(self) -> int:
        """How many cases would go another way."""
        return sum(number for then, row in self.routes.items() for now, number in row.items() if now != then)

    def _share(self, number: int) -> float:
        return 100 * number / self.total if self.total else 0.0


class PreviewedCase(models.Model):
    """One change of a budget that would be decided otherwise: by whom then, by whom under the draft, and why.

    drifted -- the rows of then would not give what was decided either: what the organisation rules has changed.
    """

    preview = models.ForeignKey(ChannelPreview, on_delete=models.CASCADE, related_name="cases")
    adjustment = models.ForeignKey("projects.Adjustment", on_delete=models.PROTECT, related_name="+")
    then = models.CharField(max_length=16, choices=AdjustmentRoute.choices)
    now = models.CharField(max_length=16, choices=AdjustmentRoute.choices)
    because = models.TextField()
    drifted = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["preview", "adjustment"], name="previewed_once")]

    def __str__(self) -> str:
        return f"{self.then} → {self.now}"
