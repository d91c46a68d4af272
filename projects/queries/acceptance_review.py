"""Acceptances on their way to the review service, and how far their review is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from experts.enums import DONE_ASSIGNMENTS
from experts.models import Assignment, ReviewRound
from projects.enums import AcceptanceState, Organiser
from projects.models import Acceptance
from projects.queries.acceptance_dossier import SUBJECT


@dataclass(frozen=True)
class UnderReview:
    """The round of an acceptance, and the sheets about it that were handed in."""

    round: ReviewRound
    sheets: int


def to_send() -> QuerySet[Acceptance]:
    """Checked acceptances that the department organises, the longest waiting first."""
    rows = Acceptance.objects.filter(state=AcceptanceState.CHECKED, organiser=Organiser.DEPARTMENT)
    found: QuerySet[Acceptance] = rows.select_related("project__organisation").defer("content")
    return found.order_by("state_since", "pk")


def review_of(acceptance: Acceptance, user: Any) -> UnderReview | None:
    """Where its review stands, for those who see rounds; None for others, and where there is none."""
    if not acceptance.review:
        return None
    found = ReviewRound.objects.visible_to(user).filter(reference=acceptance.review).first()
    if found is None:
        return None
    about = {"dossier__subject_type": SUBJECT, "dossier__subject_id": str(acceptance.pk)}
    return UnderReview(found, Assignment.objects.filter(round=found, state__in=DONE_ASSIGNMENTS, **about).count())
