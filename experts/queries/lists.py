"""What the officer's lists of rounds and experts say beside each row, counted for the rows of one page alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from experts.enums import DONE_ASSIGNMENTS, LIVE_ASSIGNMENTS, RUNNING_ROUNDS
from experts.models import Assignment, Dossier, ExpertProfile, ReviewRound


@dataclass(frozen=True)
class Progress:
    """How far a round is: its dossiers, and the sheets that were submitted."""

    round: ReviewRound
    dossiers: int
    sheets: int


def with_progress(rounds: Iterable[ReviewRound]) -> list[Progress]:
    """The rounds of one page with how far they are: two queries."""
    shown = list(rounds)
    dossiers = _counts(Dossier.objects.filter(round__in=shown), "round")
    sheets = _counts(Assignment.objects.filter(round__in=shown, state__in=DONE_ASSIGNMENTS), "round")
    return [Progress(one, dossiers.get(one.pk, 0), sheets.get(one.pk, 0)) for one in shown]


def with_load(experts: Iterable[ExpertProfile]) -> list[tuple[ExpertProfile, int]]:
    """The experts of one page with the number of their reviews under way: one query."""
    shown = list(experts)
    running = Assignment.objects.filter(state__in=LIVE_ASSIGNMENTS, round__state__in=RUNNING_ROUNDS)
    loads = _counts(running.filter(expert__in=shown), "expert")
    return [(one, loads.get(one.pk, 0)) for one in shown]


def _counts(rows: QuerySet[Any], path: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(path).annotate(count=Count("pk")))
