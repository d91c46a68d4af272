"""Panel meetings of a round: members, items, who left an item and why, votes, minutes."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.enums import ItemState, MeetingState, Outcome, VoteValue
from experts.querysets import FollowsMeeting, FollowsMeetingItem, MeetingQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


class Meeting(Stateful):
    """One panel meeting.

    places -- the funding line: how many dossiers of the round can be funded; None when nobody has said
    present -- the item on the screens; tick -- grows with every change, so that a screen knows whether it is behind
    minutes, minutes_sha256 -- kept as the chair confirmed them, empty before
    """

    state = state_field(MeetingState, MeetingState.PLANNED)
    round = models.ForeignKey("experts.ReviewRound", on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to an online meeting"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    secret = models.BooleanField(_("votes are secret"), default=True)
    places = models.PositiveSmallIntegerField(
        _("funding line: dossiers that can be funded"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    present = models.ForeignKey(
        "experts.MeetingItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    tick = models.PositiveIntegerField(default=0, editable=False)
    organised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    minutes = models.TextField(blank=True, editable=False)
    minutes_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("panel meeting")
        verbose_name_plural = _("panel meetings")
        constraints = [
            state_constraint(MeetingState, "meeting_state"),
            models.CheckConstraint(
                condition=models.Q(places__isnull=True) | models.Q(places__gte=1), name="meeting_places"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | ~models.Q(minutes_sha256=""), name="meeting_minutes_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The room of the meeting."""
        return reverse("meeting", args=[self.uid])


class MeetingMember(models.Model):
    """One member of the panel. `attends` is whether the member is in the meeting now."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="members")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="meetings")
    is_chair = models.BooleanField(default=False)
    attends = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsMeeting.as_manager()

    class Meta:
        ordering = ["-is_chair", "pk"]
        verbose_name = _("member of the panel")
        verbose_name_plural = _("members of the panel")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "expert"], name="meeting_member_once"),
            models.UniqueConstraint(fields=["meeting"], condition=models.Q(is_chair=True), name="meeting_one_chair"),
            models.CheckConstraint(
                condition=models.Q(attends=False) | models.Q(arrived_at__isnull=False), name="meeting_arrived"
            ),
        ]

    def __str__(self) -> str:
        return str(self.expert)


class MeetingItem(models.Model):
    """One dossier on the agenda.

    rank, score -- in the round when the meeting was opened; None where they could not be told
    ballot -- the number of the present ballot; tally -- its votes by value, written out only once it is closed
    earlier -- the tallies of ballots that decided nothing
    reason -- why the decision departs from the ranking, or why the item was set aside
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey("experts.Dossier", on_delete=models.PROTECT, related_name="meeting_items")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=ItemState.choices, default=ItemState.WAITING)
    rank = models.PositiveIntegerField(null=True, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    ballot = models.PositiveSmallIntegerField(default=0)
    tally = models.JSONField(default=dict)
    earlier = models.JSONField(default=list)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FollowsMeeting.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("item of a meeting")
        verbose_name_plural = _("items of a meeting")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "dossier"], name="meeting_item_once"),
            models.CheckConstraint(condition=models.Q(state__in=ItemState.values), name="meeting_item_state"),
            models.CheckConstraint(condition=models.Q(outcome__in=["", *Outcome.values]), name="meeting_item_outcome"),
            models.CheckConstraint(
                condition=models.Q(state="decided", decided_at__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(state="decided") & models.Q(outcome=""),
                name="meeting_item_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.dossier}"


class Leave(models.Model):
    """A member leaves an item because of a conflict: computed with its codes and evidence, or declared."""

    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="leaves")
    member = models.ForeignKey(MeetingMember, on_delete=models.PROTECT, related_name="leaves")
    codes = models.JSONField(default=list)
    evidence = models.TextField(blank=True)
    declared = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowsMeetingItem.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="meeting_leave_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.member}"


class Vote(models.Model):
    """That a member voted on an item; what was voted only where votes are open.

    A secret vote is added to the tally of its item and to nothing else: no record joins the two.
    """

    item = models.ForeignKey(MeetingItem, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(MeetingMember, on_delete=models.PROTECT, related_name="votes")
    ballot = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=8, choices=VoteValue.choices, blank=True)

    objects = FollowsMeetingItem.as_manager()

    class Meta:
        ordering = ["member", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member", "ballot"], name="meeting_vote_once"),
            models.CheckConstraint(condition=models.Q(value__in=["", *VoteValue.values]), name="meeting_vote_value"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.member}"
