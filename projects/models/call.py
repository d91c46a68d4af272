"""Calls for proposals (申报指南): what is supported, who may apply, what is asked, by when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import BudgetMode, CallKind, CallState, ContactKind
from projects.querysets import CallQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class Call(Stateful):
    """One call. `form`, `rules`, `scoring` and `plan` are data (see `projects.callform`, `projects.callrules`).

    They can be edited in draft only and are frozen from the moment the call is published: `frozen_sha256`
    is the digest over all four.
    """

    state = state_field(CallState, CallState.DRAFT)
    code = models.CharField(_("code"), max_length=24, unique=True, help_text=_("for example 2027-XT"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=CallKind.choices, default=CallKind.PROJECT)
    programme = models.CharField(_("programme"), max_length=80)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    index_number = models.CharField(_("index number"), max_length=40, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("requirements"), blank=True, help_text=_("shown on the call page"))
    focus_areas = models.ManyToManyField(
        "directory.FocusArea", blank=True, related_name="calls", verbose_name=_("focus areas")
    )
    budget_mode = models.CharField(
        _("budget mode"), max_length=12, choices=BudgetMode.choices, default=BudgetMode.ITEMISED
    )
    form = models.JSONField(_("form"), default=dict)
    rules = models.JSONField(_("eligibility rules"), default=list)
    scoring = models.JSONField(_("scoring scheme"), default=dict)
    plan = models.JSONField(_("review plan"), default=dict)
    frozen_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    opens_at = models.DateTimeField(_("open from"), null=True, blank=True)
    filing_deadline = models.DateTimeField(_("filing deadline"), null=True, blank=True)
    recommendation_deadline = models.DateTimeField(_("recommendation deadline"), null=True, blank=True)
    zone = models.CharField(_("time zone of the deadlines"), max_length=40, default="Asia/Shanghai")
    grace_seconds = models.PositiveSmallIntegerField(_("grace, seconds"), default=0)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="calls")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    cloned_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    imported_key = models.CharField(max_length=300, blank=True, editable=False)
    truncated = models.BooleanField(default=False, editable=False, help_text="the imported title was cut off")
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        indexes = [models.Index(fields=["state", "filing_deadline"], name="call_open")]
        constraints = [
            state_constraint(CallState, "call_state"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "concluded"]) | models.Q(published_at__isnull=False),
                name="call_published_at",
            ),
            models.CheckConstraint(
                condition=models.Q(recommendation_deadline__isnull=True)
                | models.Q(filing_deadline__isnull=True)
                | models.Q(recommendation_deadline__gte=models.F("filing_deadline")),
                name="call_deadlines_ordered",
            ),
            models.UniqueConstraint(
                fields=["imported_key"], condition=~models.Q(imported_key=""), name="call_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its record in the workbench; the public page belongs to the site."""
        return reverse("officer_call", args=[self.uid])

    def is_open(self, at: dt.datetime | None = None) -> bool:
        """Whether proposals can be filed at `at` (now). The grace is kept for arrivals, not shown as open."""
        at = at or timezone.now()
        started = self.opens_at is None or self.opens_at <= at
        return (
            self.state == CallState.PUBLISHED
            and started
            and self.filing_deadline is not None
            and at < self.filing_deadline
        )

    def accepts_arrival(self, at: dt.datetime) -> bool:
        """Whether a submission that arrived at `at` counts: before the deadline plus the call's grace."""
        if self.state != CallState.PUBLISHED or self.filing_deadline is None:
            return False
        return at < self.filing_deadline + dt.timedelta(seconds=self.grace_seconds)


class CallDirection(models.Model):
    """A direction with its guide code (指南代码), unique within its call only."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="directions")
    code = models.CharField(_("guide code"), max_length=24)
    title = models.CharField(_("direction"), max_length=160)
    text = models.TextField(_("what is supported"), blank=True)
    focus_area = models.ForeignKey(
        "directory.FocusArea", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    places = models.PositiveSmallIntegerField(_("projects planned"), null=True, blank=True)
    most_amount = models.DecimalField(_("at most, yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    own_ratio = models.DecimalField(
        _("own money per yuan of the grant, enterprises"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="direction_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CallContact(models.Model):
    """Whom to ask about what."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("for questions about"), max_length=16, choices=ContactKind.choices)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    phone = models.CharField(_("telephone"), max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
