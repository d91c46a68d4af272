"""The expert's desk: own reviews, and the rows of a sheet as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from experts import scheme as schemes
from experts import sheets
from experts.enums import DONE_ASSIGNMENTS, OPEN_ASSIGNMENTS, WRITING_ASSIGNMENTS
from experts.models import Assignment, ScoreSheet
from experts.queries.opinions import other_opinions
from workflows.errors import Reason

SHARES = (60, 70, 80, 90, 100)


def own_reviews(user: Any) -> QuerySet[Assignment]:
    """The user's own assignments, with round, dossier (without its content) and sheet: one query."""
    rows: QuerySet[Assignment] = Assignment.objects.own(user)
    return rows.select_related("round", "dossier", "expert__person", "sheet").defer("dossier__content")


@dataclass(frozen=True)
class Desk:
    """The reviews of one expert: those to do by due date, those done or over, how many of each."""

    waiting: list[Assignment]
    finished: list[Assignment]
    done: int
    share: int

    @property
    def writing(self) -> bool:
        """Whether a sheet is open for writing."""
        return any(row.state in WRITING_ASSIGNMENTS for row in self.waiting)


def desk(user: Any) -> Desk:
    """Read the desk: one query."""
    rows = list(own_reviews(user).order_by("round__score_deadline", "pk"))
    waiting = [row for row in rows if row.state in OPEN_ASSIGNMENTS]
    done = sum(row.is_done for row in rows)
    return Desk(waiting, [row for row in rows if row.state not in OPEN_ASSIGNMENTS], done, done + len(waiting))


@dataclass(frozen=True)
class Place:
    """Which of the expert's dossiers of a round this is, and the ones beside it."""

    number: int
    share: int
    previous: UUID | None
    next: UUID | None


def place_of(assignment: Assignment) -> Place:
    """The place of an assignment among the expert's own that are not given up: one query."""
    rows = Assignment.objects.filter(round_id=assignment.round_id, expert_id=assignment.expert_id)
    asked = (*OPEN_ASSIGNMENTS, *DONE_ASSIGNMENTS)
    uids = list(rows.filter(state__in=asked).order_by("pk").values_list("uid", flat=True))
    if assignment.uid not in uids:
        return Place(1, 1, None, None)
    at = uids.index(assignment.uid)
    after = uids[at + 1] if at + 1 < len(uids) else None
    return Place(at + 1, len(uids), uids[at - 1] if at else None, after)


@dataclass(frozen=True)
class Question:
    """One row of the sheet: what is asked, what was answered, what is lacking."""

    id: str
    name: str
    guidance: str
    value: Any
    lack: Reason | None
    weight: str = ""
    most: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A sheet as the page shows it."""

    criteria: list[Question]
    vetoes: list[Question]
    recommendation: bool
    recommendations: list[tuple[str, str]]
    recommended: str
    recommendation_lack: Reason | None
    opinion_lack: Reason | None
    least_opinion: int
    extremes: schemes.Extremes | None
    missing: list[Reason]
    sheet: ScoreSheet


def sheet_of(assignment: Assignment) -> ScoreSheet:
    """The sheet of an assignment; a fresh unsaved one before the first save."""
    found: ScoreSheet | None = ScoreSheet.objects.filter(assignment=assignment).first()
    return found or ScoreSheet(assignment=assignment)


def sheet_form(assignment: Assignment, sheet: ScoreSheet) -> Form:
    """The rows of the sheet; once answers exist the questions are those frozen with them."""
    scheme = schemes.read(sheet.questions or assignment.round.scheme)
    missing = sheets.missing(scheme, sheet, None if assignment.is_done else other_opinions(assignment))
    lacks = {reason.code: reason for reason in reversed(missing)}
    return Form(
        criteria=[
            Question(
                one.id,
                one.name,
                one.guidance,
                sheet.scores.get(one.id, ""),
                lacks.get(f"score_{one.id}"),
                short(one.weight),
                short(one.most),
                point_keys(one.most),
            )
            for one in scheme.criteria
        ],
        vetoes=[
            Question(one.id, one.name, "", sheet.vetoes.get(one.id), lacks.get(f"veto_{one.id}"))
            for one in scheme.vetoes
        ],
        recommendation=scheme.recommendation,
        recommendations=scheme.recommendations(),
        recommended=scheme.recommended(sheet.recommendation),
        recommendation_lack=lacks.get("recommendation"),
        opinion_lack=lacks.get("opinion"),
        least_opinion=scheme.least_opinion,
        extremes=scheme.extremes,
        missing=missing,
        sheet=sheet,
    )


def point_keys(most: Decimal) -> tuple[str, ...]:
    """The points that can be given with one press: the shares in SHARES of the most there is."""
    return tuple(short(most * share / 100) for share in SHARES)


def short(value: Decimal) -> str:
    """A number without trailing zeros, never in powers of ten."""
    return f"{value.normalize():f}"
