"""The expert's desk: own reviews, and the rows of a sheet as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from experts import scheme as schemes
from experts import sheets
from experts.enums import OPEN_ASSIGNMENTS
from experts.models import Assignment, ScoreSheet
from workflows.errors import Reason


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


def desk(user: Any) -> Desk:
    """Read the desk: one query."""
    rows = list(own_reviews(user).order_by("round__score_deadline", "pk"))
    waiting = [row for row in rows if row.state in OPEN_ASSIGNMENTS]
    done = sum(row.is_done for row in rows)
    return Desk(waiting, [row for row in rows if row.state not in OPEN_ASSIGNMENTS], done, done + len(waiting))


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


@dataclass(frozen=True)
class Form:
    """A sheet as the page shows it."""

    criteria: list[Question]
    vetoes: list[Question]
    recommendation: bool
    recommendation_lack: Reason | None
    opinion_lack: Reason | None
    least_opinion: int
    missing: list[Reason]
    sheet: ScoreSheet


def sheet_of(assignment: Assignment) -> ScoreSheet:
    """The sheet of an assignment; a fresh unsaved one before the first save."""
    found: ScoreSheet | None = ScoreSheet.objects.filter(assignment=assignment).first()
    return found or ScoreSheet(assignment=assignment)


def sheet_form(assignment: Assignment, sheet: ScoreSheet) -> Form:
    """The rows of the sheet; once answers exist the questions are those frozen with them."""
    scheme = schemes.read(sheet.questions or assignment.round.scheme)
    missing = sheets.missing(scheme, sheet)
    lacks = {reason.code: reason for reason in missing}
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
            )
            for one in scheme.criteria
        ],
        vetoes=[
            Question(one.id, one.name, "", sheet.vetoes.get(one.id), lacks.get(f"veto_{one.id}"))
            for one in scheme.vetoes
        ],
        recommendation=scheme.recommendation,
        recommendation_lack=lacks.get("recommendation"),
        opinion_lack=lacks.get("opinion"),
        least_opinion=scheme.least_opinion,
        missing=missing,
        sheet=sheet,
    )


def short(value: Decimal) -> str:
    """A number without trailing zeros, never in powers of ten."""
    return f"{value.normalize():f}"
