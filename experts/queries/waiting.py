"""What waits for whom: sources of the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from experts.enums import LIVE_ASSIGNMENTS, RUNNING_ROUNDS, WRITING_ASSIGNMENTS, AssignmentState, RoundState
from experts.models import Assignment, Dossier, ReviewRound
from experts.queries.desk import own_reviews
from workflows.inbox import Waiting


def _invitations(user: Any) -> QuerySet[Assignment]:
    return own_reviews(user).filter(state=AssignmentState.INVITED, round__state__in=RUNNING_ROUNDS)


def _sheets(user: Any) -> QuerySet[Assignment]:
    return own_reviews(user).filter(state__in=WRITING_ASSIGNMENTS, round__state__in=RUNNING_ROUNDS)


def invitations(user: Any, limit: int) -> Iterator[Waiting]:
    """Invitations that the expert has not answered."""
    for row in _invitations(user).order_by("round__score_deadline")[:limit]:
        yield _review(row, _("You are invited to review this; please accept or decline."), _("invitation"))


def sheets(user: Any, limit: int) -> Iterator[Waiting]:
    """Sheets that the expert has to write."""
    for row in _sheets(user).order_by("round__score_deadline")[:limit]:
        yield _review(row, _("Your score sheet is not submitted."), _("review"))


def _review(row: Assignment, why: str, badge: str) -> Waiting:
    return Waiting(row.dossier.title, why, reverse("review", args=[row.uid]), row.round.score_deadline, badge)


def count_invitations(user: Any) -> int:
    """How many invitations wait."""
    return _invitations(user).count()


def count_sheets(user: Any) -> int:
    """How many sheets are to be written."""
    return _sheets(user).count()


def _short_rounds(_user: Any) -> QuerySet[Any]:
    live = Q(assignments__state__in=LIVE_ASSIGNMENTS)
    short = Dossier.objects.annotate(live=Count("assignments", filter=live)).filter(
        live__lt=F("round__experts_per_dossier"), round__state__in=RUNNING_ROUNDS
    )
    return ReviewRound.objects.filter(pk__in=short.values("round_id"))


def rounds_short(user: Any, limit: int) -> Iterator[Waiting]:
    """Rounds with dossiers that lack seats."""
    for row in _short_rounds(user)[:limit]:
        why = _("Dossiers of this round lack experts.")
        yield Waiting(row.title, why, reverse("round", args=[row.uid]), row.score_deadline, _("seats"), "warn")


def count_rounds_short(user: Any) -> int:
    """How many rounds lack seats."""
    return _short_rounds(user).count()


def _ready_rounds(_user: Any) -> QuerySet[Any]:
    done = Q(assignments__state=AssignmentState.SUBMITTED)
    short = Dossier.objects.annotate(done=Count("assignments", filter=done)).filter(done__lt=F("round__minimum_sheets"))
    rounds = ReviewRound.objects.filter(state__in=(RoundState.SCORING, RoundState.DISCUSSING), dossiers__isnull=False)
    return rounds.exclude(pk__in=short.filter(round__isnull=False).values("round_id")).distinct()


def rounds_ready(user: Any, limit: int) -> Iterator[Waiting]:
    """Rounds whose dossiers all have their sheets."""
    for row in _ready_rounds(user)[:limit]:
        why = _("Every dossier has its sheets; the round can be ranked.")
        yield Waiting(row.title, why, reverse("round", args=[row.uid]), row.score_deadline, _("ranking"))


def count_rounds_ready(user: Any) -> int:
    """How many rounds can be ranked."""
    return _ready_rounds(user).count()
