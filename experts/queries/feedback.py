"""What applicants may read of the opinions: without names, numbers or scores, as the officer lets it go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from experts.enums import RoundState
from experts.models import Dossier, ScoreSheet
from experts.queries.scores import counting_sheets
from workflows.digest import digest
from workflows.errors import Reason

if TYPE_CHECKING:
    from experts.models import ReviewRound

# What the room that ordered a review has against letting opinions go now.
Gate = Callable[["ReviewRound"], list[Reason]]
_GATES: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Called by rooms above when they are ready: `gate(round)` gives the reasons not to release yet."""
    _GATES.append(gate)


def release_refusals(review_round: ReviewRound) -> list[Reason]:
    """Why opinions cannot be sent to applicants now; empty when they can."""
    if review_round.opinions_released_at is not None:
        return [Reason("released", _("The opinions were sent to the applicants."))]
    if review_round.state != RoundState.CLOSED:
        return [Reason("round_not_closed", _("The round is not closed yet."), _("Close it first."))]
    return [reason for gate in _GATES for reason in gate(review_round)]


@dataclass(frozen=True)
class Said:
    """One opinion as the applicant reads it; empty when it is withheld."""

    label: str
    text: str
    sheet: ScoreSheet

    @property
    def redacted(self) -> bool:
        """Whether an officer changed it."""
        return hasattr(self.sheet, "redaction")


@dataclass(frozen=True)
class Feedback:
    """The opinions about one dossier, for the room that handed it in."""

    subject_type: str
    subject_id: str
    title: str
    opinions: tuple[Said, ...]


def feedback(review_round: ReviewRound) -> list[Feedback]:
    """Every dossier with its opinions: two queries.

    Their order comes from a digest, so that neither the time of submitting nor the seat tells who wrote them.
    """
    sheets: dict[int, list[ScoreSheet]] = defaultdict(list)
    for sheet in counting_sheets(review_round).select_related("assignment", "redaction"):
        sheets[sheet.assignment.dossier_id].append(sheet)
    rows = Dossier.objects.filter(round=review_round).order_by("pk").defer("content")
    return [Feedback(row.subject_type, row.subject_id, row.title, _said(review_round, sheets[row.pk])) for row in rows]


def _said(review_round: ReviewRound, sheets: list[ScoreSheet]) -> tuple[Said, ...]:
    shuffled = sorted(sheets, key=lambda sheet: digest([str(review_round.uid), sheet.pk]))
    return tuple(Said(str(number), _text(sheet), sheet) for number, sheet in enumerate(shuffled, start=1))


def _text(sheet: ScoreSheet) -> str:
    redaction = getattr(sheet, "redaction", None)
    return sheet.opinion if redaction is None else redaction.text
