"""The report of a round: how experts worked, how they scored, how far they agree, what was lacking."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from experts import scheme as schemes
from experts.enums import DONE_ASSIGNMENTS, LIVE_ASSIGNMENTS, AssignmentState
from experts.models import Assignment
from experts.queries.scores import Score, by_dossier, counting_sheets, scores_of
from experts.ranking.agreement import alpha, intraclass

if TYPE_CHECKING:
    from experts.models import ReviewRound

# Scores fall into ten classes of ten points; 100 belongs to the last.
CLASSES = 10
LABELS = tuple(f"{at * 10}–{at * 10 + 10}" for at in range(CLASSES))
HOUR = 3600
# From how many hours before scores were due, and how the class is called.
LEFT = (
    (0, _("less than a day")),
    (24, _("1 to 2 days")),
    (72, _("3 to 6 days")),
    (168, _("1 to 2 weeks")),
    (336, _("2 weeks or more")),
)


@dataclass
class Work:
    """One expert in the round: seats by outcome, mean score, its distribution, hours left at submitting (median).

    apart -- how far the scores lie from the mean of the other experts of the same dossiers, on average, in points
    """

    name: str
    asked: int = 0
    done: int = 0
    declined: int = 0
    expired: int = 0
    mean: float | None = None
    classes: list[int] = field(default_factory=lambda: [0] * CLASSES)
    hours_left: float | None = None
    apart: float | None = None


@dataclass(frozen=True)
class Question:
    """One criterion: the mean share of its points in percent, the distribution of the shares, alpha."""

    name: str
    mean: float | None
    classes: tuple[int, ...]
    alpha: float | None


@dataclass(frozen=True)
class Report:
    """The whole round; `short` counts dossiers with fewer live seats than planned.

    left -- sheets by the time that was left when they were submitted, as in LEFT
    """

    dossiers: int
    sheets: int
    declined: int
    expired: int
    short: int
    experts: tuple[Work, ...]
    classes: tuple[int, ...]
    left: tuple[int, ...]
    questions: tuple[Question, ...]
    alpha: float | None
    icc: float | None

    @property
    def loads(self) -> list[tuple[int, int]]:
        """How many experts submitted how many sheets: every number up to the largest, nine at least."""
        found: dict[int, int] = defaultdict(int)
        for one in self.experts:
            found[one.done] += 1
        return [(load, found[load]) for load in range(max(CLASSES, max(found, default=0) + 1))]


def report(review_round: ReviewRound) -> Report:
    """Read and compute everything: four queries."""
    scores = scores_of(review_round)
    seats = _seats(review_round)
    units = [[float(total) for total in totals] for totals in by_dossier(scores).values()]
    dossiers = list(review_round.dossiers.values_list("pk", flat=True))
    live: dict[int, int] = defaultdict(int)
    for seat in seats:
        live[seat.dossier_id] += seat.state in LIVE_ASSIGNMENTS
    return Report(
        dossiers=len(dossiers),
        sheets=len(scores),
        declined=sum(seat.state in (AssignmentState.DECLINED, AssignmentState.RECUSED) for seat in seats),
        expired=sum(seat.state == AssignmentState.EXPIRED for seat in seats),
        short=sum(live[pk] < review_round.experts_per_dossier for pk in dossiers),
        experts=tuple(_works(review_round, seats, scores)),
        classes=tuple(classes(float(one.total) for one in scores)),
        left=tuple(left_at_submitting(_hours(review_round.score_deadline, seat.submitted_at) for seat in _sent(seats))),
        questions=tuple(_questions(review_round)),
        alpha=alpha(units),
        icc=intraclass(units),
    )


def classes(values: Iterable[float]) -> list[int]:
    """How many of the values, 0 to 100, fall into each class."""
    found = [0] * CLASSES
    for value in values:
        found[min(CLASSES - 1, max(0, int(value // (100 / CLASSES))))] += 1
    return found


def _seats(review_round: ReviewRound) -> list[Assignment]:
    sent = Assignment.objects.filter(round=review_round, invited_at__isnull=False)
    return list(sent.select_related("expert__person").only("state", "dossier", "submitted_at", "expert__person__name"))


def _sent(seats: Iterable[Assignment]) -> list[Assignment]:
    return [seat for seat in seats if seat.submitted_at and seat.state in DONE_ASSIGNMENTS]


def left_at_submitting(hours: Iterable[float]) -> list[int]:
    """How many sheets were submitted with so many hours left, by the classes of LEFT."""
    found = [0] * len(LEFT)
    for one in hours:
        found[sum(one >= least for least, _label in LEFT[1:])] += 1
    return found


def _works(review_round: ReviewRound, seats: Sequence[Assignment], scores: Sequence[Score]) -> list[Work]:
    totals, apart = {(one.dossier, one.expert): float(one.total) for one in scores}, _apart(scores)
    own: dict[int, list[Assignment]] = defaultdict(list)
    for seat in seats:
        own[seat.expert_id].append(seat)
    found = [replace(_work(review_round, each, totals), apart=apart.get(expert)) for expert, each in own.items()]
    return sorted(found, key=lambda one: (-one.done, one.name))


def _apart(scores: Sequence[Score]) -> dict[int, float]:
    """By expert, the mean distance from the other experts' mean; who was alone everywhere is missing."""
    totals = by_dossier(scores)
    found: dict[int, list[float]] = defaultdict(list)
    for one in scores:
        others = len(totals[one.dossier]) - 1
        if others:
            rest = (sum(totals[one.dossier]) - one.total) / others
            found[one.expert].append(abs(float(one.total - rest)))
    return {expert: sum(each) / len(each) for expert, each in found.items()}


def _work(review_round: ReviewRound, seats: Sequence[Assignment], totals: dict[tuple[int, int], float]) -> Work:
    states = [seat.state for seat in seats]
    given = [totals[key] for seat in seats if (key := (seat.dossier_id, seat.expert_id)) in totals]
    left = sorted(_hours(review_round.score_deadline, seat.submitted_at) for seat in seats if seat.submitted_at)
    return Work(
        seats[0].expert.person.name,
        asked=len(seats),
        done=sum(state in DONE_ASSIGNMENTS for state in states),
        declined=sum(state in (AssignmentState.DECLINED, AssignmentState.RECUSED) for state in states),
        expired=states.count(AssignmentState.EXPIRED),
        mean=sum(given) / len(given) if given else None,
        classes=classes(given),
        hours_left=left[len(left) // 2] if left else None,
    )


def _hours(deadline: dt.datetime | None, submitted: dt.datetime | None) -> float:
    return (deadline - submitted).total_seconds() / HOUR if deadline and submitted else 0.0


def _questions(review_round: ReviewRound) -> list[Question]:
    criteria = schemes.read(review_round.scheme).criteria
    shares: dict[str, dict[int, list[float]]] = {one.id: defaultdict(list) for one in criteria}
    for dossier, given in counting_sheets(review_round).values_list("assignment__dossier_id", "scores"):
        for one in criteria:
            if (value := schemes.points(given.get(one.id), one.most)) is not None:
                shares[one.id][dossier].append(float(100 * value / one.most))
    return [_question(one.name, list(shares[one.id].values())) for one in criteria]


def _question(name: str, units: list[list[float]]) -> Question:
    flat = [value for unit in units for value in unit]
    mean = sum(flat) / len(flat) if flat else None
    return Question(name, mean, tuple(classes(flat)), alpha(units))
