"""Proposals (申报书): what an applicant writes, sends and is decided upon."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.enums import ParticipantRole, ParticipantState, ProposalState
from projects.querysets import ProposalQuerySet, RecommendationQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class Proposal(Stateful):
    """One proposal of one applicant through one host organisation under one call.

    Money in yuan. `requested` and `own` repeat the budget's sums so that lists need no join; they are
    set by the actions that change budget lines. `imported_key`: stands for one that was decided before this system
    (`projects.actions.takeover`), without text, score and funding list.
    """

    state = state_field(ProposalState, ProposalState.DRAFT)
    call = models.ForeignKey("projects.Call", on_delete=models.PROTECT, related_name="proposals")
    direction = models.ForeignKey(
        "projects.CallDirection", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    number = models.CharField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    applicant = models.ForeignKey(
        "directory.Person", on_delete=models.PROTECT, related_name="proposals", verbose_name=_("applicant")
    )
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="proposals", verbose_name=_("host")
    )
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(pgettext_lazy("term", "until"), null=True, blank=True)
    requested = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    own = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    submitted_at = models.DateTimeField(null=True, blank=True)
    current_version = models.ForeignKey(
        "projects.ProposalVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recommendation = models.ForeignKey(
        "projects.RecommendationLetter",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True, editable=False)
    returned_to_deadline = models.DateTimeField(null=True, blank=True)
    imported_key = models.CharField(max_length=64, blank=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["call", "state"], name="proposal_call"),
            models.Index(fields=["organisation", "state"], name="proposal_organisation"),
            models.Index(fields=["applicant", "state"], name="proposal_applicant"),
            models.Index(fields=["-submitted_at", "-id"], name="proposal_filed"),
        ]
        constraints = [
            state_constraint(ProposalState, "proposal_state"),
            models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="proposal_number_once"),
            models.CheckConstraint(
                condition=models.Q(requested__gte=0) & models.Q(own__gte=0), name="proposal_money_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "withdrawn", "expired"])
                | (~models.Q(number="") & models.Q(submitted_at__isnull=False)),
                name="proposal_number_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("(untitled)"))

    def get_absolute_url(self) -> str:
        """The record page."""
        return reverse("proposal", args=[self.uid])


class SectionAnswer(models.Model):
    """The answers of one section of the form, saved on their own, with their own version.

    `page` and `turn` say which opened page saved last, and which of its saves that was: a page whose last answer
    got lost on the way may go on from its own text. `as_typed` remembers amounts that looked ten thousand times too
    large and were said to be right (`projects.slips`).
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers")
    section = models.CharField(max_length=40)
    data = models.JSONField(default=dict, help_text="answers by field id")
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=32, blank=True)
    turn = models.PositiveIntegerField(default=0)
    as_typed = models.JSONField(default=list, help_text="tokens of place and amount")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "section"], name="section_answer_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.section} v{self.version}"


class Presence(models.Model):
    """Who has which section open; older than a minute means gone."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="presences")
    section = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.section}"


class ProposalVersion(models.Model):
    """What was submitted: frozen content with digests. The receipt is this row plus its journal link.

    `key` is the idempotency key of the form: sending it again gives the same receipt.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(help_text="1 for the first submission")
    key = models.CharField(max_length=64)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    receipt = models.CharField(max_length=16, unique=True)
    arrived_at = models.DateTimeField(help_text="the instant that counts for the deadline")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField("workflows.JournalEntry", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["proposal", "key"], name="version_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} v{self.number}"


class Participant(models.Model):
    """A member of the team: a known person, or a name invited by e-mail. Share in months per year."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    email = models.EmailField(_("e-mail address"), blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=16, choices=ParticipantRole.choices, default=ParticipantRole.MEMBER)
    months_per_year = models.DecimalField(_("months per year"), max_digits=4, decimal_places=1, default=Decimal(0))
    task = models.CharField(pgettext_lazy("team member", "task"), max_length=200, blank=True)
    may_edit = models.BooleanField(_("may write in the proposal"), default=False)
    state = models.CharField(max_length=12, choices=ParticipantState.choices, default=ParticipantState.NAMED)
    token = models.CharField(max_length=64, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=models.Q(person__isnull=False),
                name="participant_once",
                violation_error_message=_("This person is in the team already."),
            ),
            models.CheckConstraint(condition=models.Q(state__in=ParticipantState.values), name="participant_state"),
        ]

    def __str__(self) -> str:
        return self.name


class RecommendationLetter(models.Model):
    """The letter and list with which an authority recommends proposals of one call."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey("projects.Call", on_delete=models.PROTECT, related_name="recommendations")
    authority = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("letter number"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "number"],
                name="recommendation_number_once",
                violation_error_message=_("A letter with this number was sent already."),
            )
        ]

    def __str__(self) -> str:
        return self.number


PRESENT_FOR = dt.timedelta(minutes=1)
