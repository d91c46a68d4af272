"""Draws: how the seats of a round were laid out, kept so that anybody can do it over and find the same."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.enums import OPEN_DRAWS, DepartureKind, DrawFailure, DrawMode, DrawState, ExpertKind
from experts.querysets import DepartmentQuerySet
from workflows.models.stateful import Stateful, state_constraint, state_field


def default_outside() -> int:
    """The share from outside that a round begins with, percent."""
    return int(settings.DRAW_OUTSIDE_PERCENT)


class DrawRules(models.Model):
    """The rules of the draws of one round. Frozen by the first draw that is committed and not withdrawn.

    outside_percent -- so much of a panel at least comes from outside the league or city of the applicant;
    least_kinds -- {kind of expert: how many at least in each panel}; most_each, least_each -- reviews per expert in
    this round (most_each empty: what the expert agreed to).
    """

    round = models.OneToOneField("experts.ReviewRound", on_delete=models.CASCADE, related_name="draw_rules")
    mode = models.CharField(_("how experts are chosen"), max_length=8, choices=DrawMode.choices, default=DrawMode.BEST)
    probability_cap = models.DecimalField(
        _("highest chance of one expert for one dossier"),
        max_digits=4,
        decimal_places=3,
        default="0.750",
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    most_per_organisation = models.PositiveSmallIntegerField(
        _("experts of one organisation in a panel, at most"), null=True, blank=True, default=1
    )
    outside_percent = models.PositiveSmallIntegerField(
        _("from outside the applicant's league or city, percent"),
        default=default_outside,
        validators=[MaxValueValidator(100)],
    )
    least_kinds = models.JSONField(_("kinds of experts in each panel, at least"), default=dict, blank=True)
    most_each = models.PositiveSmallIntegerField(_("dossiers per expert, at most"), null=True, blank=True)
    least_each = models.PositiveSmallIntegerField(_("dossiers per expert, at least"), default=0)
    even_load = models.BooleanField(_("even load"), default=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(mode__in=DrawMode.values), name="draw_rules_mode"),
            models.CheckConstraint(
                condition=models.Q(probability_cap__gt=0) & models.Q(probability_cap__lte=1), name="draw_rules_cap"
            ),
            models.CheckConstraint(condition=models.Q(outside_percent__lte=100), name="draw_rules_outside"),
        ]

    def __str__(self) -> str:
        return str(self.get_mode_display())

    @property
    def kinds_named(self) -> list[tuple[Any, int]]:
        """Which kinds must be in each panel, by name."""
        return [(ExpertKind(kind).label, number) for kind, number in self.least_kinds.items()]


class Draw(Stateful):
    """One draw of a round: committed to, drawn, looked through, confirmed.

    commitment -- SHA-256 of `nonce`, shown from the beginning; the nonce is shown from `revealed_at` on.
    rules -- the rules as they were when the draw was committed; inputs_sha256, outcome_sha256, chances_sha256 -- of the
    bytes in `record`; progress -- percent while it is computed; failure, failure_detail -- why it could not be, the
    latter as the program says it.
    """

    state = state_field(DrawState, DrawState.COMMITTED)
    round = models.ForeignKey("experts.ReviewRound", on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=8, choices=DrawMode.choices)
    rules = models.JSONField(default=dict)
    commitment = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    seed = models.CharField(max_length=64, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    outcome_sha256 = models.CharField(max_length=64, blank=True)
    chances_sha256 = models.CharField(max_length=64, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    committed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    failure = models.CharField(max_length=12, blank=True, choices=DrawFailure.choices)
    failure_detail = models.CharField(max_length=500, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    revealed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        constraints = [
            state_constraint(DrawState, "draw_state"),
            models.CheckConstraint(condition=models.Q(mode__in=DrawMode.values), name="draw_mode"),
            models.UniqueConstraint(fields=["round", "number"], name="draw_number_once"),
            models.CheckConstraint(condition=~models.Q(state="failed") | ~models.Q(failure=""), name="draw_failure"),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state__in=[str(state) for state in OPEN_DRAWS]),
                name="draw_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["committed", "computing", "failed", "withdrawn"])
                | (models.Q(drawn_at__isnull=False) & ~models.Q(inputs_sha256="")),
                name="draw_drawn_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["confirmed", "withdrawn"]) | models.Q(revealed_at__isnull=False),
                name="draw_revealed",
            ),
        ]

    def __str__(self) -> str:
        return _("Draw %(number)d: %(round)s") % {"number": self.number, "round": self.round}

    @property
    def revealed(self) -> str:
        """The nonce once it may be known, else nothing."""
        return self.nonce if self.revealed_at else ""


class DrawRecord(models.Model):
    """The bytes of a draw, compressed by zlib: what it was drawn from, what came out, the chance of each pair."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="record")
    inputs = models.BinaryField()
    outcome = models.BinaryField()
    chances = models.BinaryField()

    objects = DepartmentQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.draw)


class DrawnSeat(models.Model):
    """One seat of a draw, with why (as in `Assignment.why`). `chance` is what it had when lots were drawn."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="seats")
    dossier = models.ForeignKey("experts.Dossier", on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="+")
    chance = models.DecimalField(max_digits=7, decimal_places=6, default=1)
    why = models.JSONField(default=dict)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["dossier", "pk"]
        constraints = [models.UniqueConstraint(fields=["draw", "dossier", "expert"], name="drawn_seat_once")]

    def __str__(self) -> str:
        return f"{self.dossier} · {self.expert}"


class Departure(models.Model):
    """A change by hand to what was drawn, with its reason. It stays for ever.

    A seat was taken out of `draw` before it was confirmed, or put back into it, or given or taken back by hand while
    lots bound the round.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="departures")
    kind = models.CharField(max_length=8, choices=DepartureKind.choices)
    dossier = models.ForeignKey("experts.Dossier", on_delete=models.PROTECT, related_name="departures")
    expert = models.ForeignKey("experts.ExpertProfile", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DepartureKind.values), name="departure_kind"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="departure_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.expert}"
