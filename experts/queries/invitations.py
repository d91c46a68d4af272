"""Invitations: the expert's open ones of a round, the statement signed for it, and who answered what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from experts.enums import GIVEN_BACK, AssignmentState
from experts.models import Assignment, ReviewRound, RoundStatement
from experts.queries.desk import own_reviews
from workflows.models import StateChange


def signed_at(assignment: Assignment) -> dt.datetime | None:
    """When the expert signed the statement for this round; None before."""
    rows = RoundStatement.objects.filter(round=assignment.round_id, expert=assignment.expert_id)
    return rows.values_list("signed_at", flat=True).first()


def open_invitations(user: Any, round_uid: UUID) -> list[Assignment]:
    """The user's own unanswered invitations of a round: one query."""
    rows = own_reviews(user).filter(state=AssignmentState.INVITED, round__uid=round_uid)
    return list(rows.order_by("pk"))


@dataclass(frozen=True)
class GivenBack:
    """One seat that an expert declined, declared a conflict about, or let run out: why, in the expert's words."""

    assignment: Assignment
    note: str


@dataclass(frozen=True)
class Answers:
    """What became of the invitations of a round: not answered, the soonest to run out first, and given back."""

    waiting: list[Assignment]
    given_back: list[GivenBack]


def answers(review_round: ReviewRound) -> Answers:
    """Read it: three queries."""
    rows = review_round.assignments.select_related("expert__person", "dossier").defer("dossier__content")
    waiting = list(rows.filter(state=AssignmentState.INVITED).order_by("answer_by", "pk"))
    over = rows.filter(state__in=GIVEN_BACK, invited_at__isnull=False).select_related("declaration")
    given_back = list(over.order_by("-state_since"))
    label = Assignment._meta.label_lower
    changes = StateChange.objects.filter(
        subject_type=label, transition="decline", subject_id__in=[one.pk for one in given_back]
    )
    notes = dict(changes.values_list("subject_id", "note"))
    return Answers(waiting, [GivenBack(one, notes.get(one.pk) or _declared(one)) for one in given_back])


def _declared(assignment: Assignment) -> str:
    """The conflict that the expert declared, in words."""
    declaration = getattr(assignment, "declaration", None)
    return "" if declaration is None else " · ".join(filter(None, [str(declaration), declaration.note]))
