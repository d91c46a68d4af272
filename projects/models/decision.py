"""Funding lists, public notices with objections, letters."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.fields import EncryptedTextField
from projects.enums import FundingListState, LetterKind, NoticeState, ObjectionState
from projects.querysets import DepartmentQuerySet, FollowsProposal, NoticeQuerySet, ObjectionQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class FundingList(Stateful):
    """The proposals of one call that the department means to fund, made from the ranking."""

    state = state_field(FundingListState, FundingListState.DRAFT)
    call = models.ForeignKey("projects.Call", on_delete=models.PROTECT, related_name="funding_lists")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    total = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("funding list")
        verbose_name_plural = _("funding lists")
        constraints = [
            state_constraint(FundingListState, "funding_list_state"),
            models.UniqueConstraint(
                fields=["call"], condition=~models.Q(state="cancelled"), name="funding_list_one_per_call"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
                name="funding_list_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.call)

    def get_absolute_url(self) -> str:
        """The list's record page."""
        return reverse("funding-list", args=[self.uid])


class FundingItem(models.Model):
    """One proposal of the list: its rank and score, what it asked for, what it is to get.

    Every reviewed proposal of the call is an item; `funded` says which side of the line it is on. A side
    that its rank does not give it, or an amount other than asked, carries a reason.
    """

    funding_list = models.ForeignKey(FundingList, on_delete=models.CASCADE, related_name="items")
    proposal = models.ForeignKey("projects.Proposal", on_delete=models.PROTECT, related_name="funding_items")
    rank = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=6, decimal_places=2)
    requested = models.DecimalField(max_digits=14, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    funded = models.BooleanField(default=False)
    reason = models.TextField(_("reason of the departure"), blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["funding_list", "proposal"], name="funding_item_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0) & (models.Q(funded=True) | models.Q(amount=0)),
                name="funding_item_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.proposal}"


class PublicNotice(Stateful):
    """The public notice (公示) of a funding list: open for objections for a number of working days."""

    state = state_field(NoticeState, NoticeState.DRAFT)
    funding_list = models.ForeignKey(FundingList, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(pgettext_lazy("notice", "text"), blank=True)
    working_days = models.PositiveSmallIntegerField(_("working days"), default=5)
    published_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        constraints = [
            state_constraint(NoticeState, "public_notice_state"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "closed"])
                | (models.Q(published_at__isnull=False) & models.Q(closes_at__isnull=False)),
                name="public_notice_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Objection(Stateful):
    """An objection to one item on notice: real name and contact, encrypted, shown to integrity officers only."""

    state = state_field(ObjectionState, ObjectionState.RECEIVED)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    proposal = models.ForeignKey("projects.Proposal", on_delete=models.PROTECT, related_name="objections")
    name = EncryptedTextField(_("real name"))
    contact = EncryptedTextField(_("telephone or e-mail"))
    organisation_name = EncryptedTextField(_("organisation, if it objects"), blank=True)
    stamped = models.BooleanField(_("the organisation's stamp is on the written objection"), default=False)
    text = models.TextField(_("objection"))
    evidence = models.TextField(_("evidence"))
    query_code = models.CharField(max_length=24, unique=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["received_at"]
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [state_constraint(ObjectionState, "objection_state")]

    def __str__(self) -> str:
        return self.query_code

    def get_absolute_url(self) -> str:
        """The record page of the integrity officer."""
        return reverse("objection", args=[self.uid])


class Letter(models.Model):
    """A letter about one proposal, kept as it was sent."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey("projects.Proposal", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = FollowsProposal.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "kind"], name="letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
