"""What experts are asked about a project that ends, as rows: criteria, questions, and the points that count as done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import NonNegativeInt, PositiveInt

from projects.definitions.form import Part
from projects.enums import AcceptanceOutcome, Attainment

ROWS = Path(__file__).resolve().parent.parent / "reference" / "acceptance_review.json"
FULL_POINTS = 100


class Criterion(Part):
    """A weighted question, from 0 to 100 points."""

    id: str
    name: str
    weight: Decimal
    guidance: str


class Question(Part):
    """A question that is answered by yes or no."""

    id: str
    name: str


class Questions(Part):
    """Whether the papers are true, whether the money was used as the rules ask, whether what is missing is excused."""

    truth: Question
    finance: Question
    cause: Question


class Advice(Part):
    """What an expert recommends by a letter; the name begins with it."""

    letter: str
    outcome: AcceptanceOutcome
    name: str


class AcceptanceReview(Part):
    """All rows. `confirmed`: the documents' own text was read.

    review_days -- for the experts
    task -- the criterion whose mean says how far the task was reached: from `reached_from` points on it was, from
        `partly_from` on in part
    least_finance_experts -- experts of finance who should be among those who are heard
    advice -- the letters, from the mildest to the strictest
    """

    valid_from: dt.date
    documents: tuple[str, ...]
    confirmed: bool
    review_days: PositiveInt
    reached_from: Decimal
    partly_from: Decimal
    least_finance_experts: NonNegativeInt
    task: str
    criteria: tuple[Criterion, ...]
    questions: Questions
    advice: tuple[Advice, ...]
    least_opinion: NonNegativeInt

    def attainment(self, points: Decimal) -> Attainment:
        """How far the task was reached, by the mean of the points that experts gave it."""
        if points >= self.reached_from:
            return Attainment.REACHED
        return Attainment.PARTLY if points >= self.partly_from else Attainment.MISSED

    def scheme(self) -> dict[str, Any]:
        """The questions in the form in which the review service takes them."""
        asked = (self.questions.truth, self.questions.finance, self.questions.cause)
        return {
            "criteria": [{**one.model_dump(mode="json"), "max": str(FULL_POINTS)} for one in self.criteria],
            "veto": [one.model_dump() for one in asked],
            "recommendation": True,
            "advice": {one.letter: one.name for one in self.advice},
            "min_opinion_length": self.least_opinion,
        }


@lru_cache
def acceptance_review() -> AcceptanceReview:
    """The rows as delivered, read once."""
    return AcceptanceReview.model_validate_json(ROWS.read_text("utf-8"))
