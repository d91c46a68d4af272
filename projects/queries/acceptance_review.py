"""Acceptances on their way to the review service, how far their review is, and who reads what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from experts.enums import DONE_ASSIGNMENTS
from experts.models import Assignment, ReviewRound
from experts.queries.feedback import feedback
from projects.enums import AcceptanceState, Organiser
from projects.models import Acceptance
from projects.queries.acceptance_dossier import SUBJECT
from workflows.errors import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

REFERENCE = "projects.acceptances:"
UNDECIDED = (AcceptanceState.OPINED, AcceptanceState.PROPOSED)


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
    return reviews_of([acceptance], user).get(acceptance.pk)


def reviews_of(acceptances: Iterable[Acceptance], user: Any) -> Mapping[int, UnderReview]:
    """The same for many, by primary key: no query without a review among them, else two."""
    sent = {one.pk: one.review for one in acceptances if one.review}
    if not sent:
        return {}
    rows = ReviewRound.objects.visible_to(user).filter(reference__in=set(sent.values())).defer("scheme")
    rounds: dict[str, ReviewRound] = {one.reference: one for one in rows}
    done = _sheets(rounds.values(), sent)
    return {pk: UnderReview(rounds[label], done[str(pk)]) for pk, label in sent.items() if label in rounds}


def _sheets(rounds: Iterable[ReviewRound], acceptances: Iterable[int]) -> Counter[str]:
    about = {"dossier__subject_type": SUBJECT, "dossier__subject_id__in": [str(pk) for pk in acceptances]}
    seats = Assignment.objects.filter(round__in=list(rounds), state__in=DONE_ASSIGNMENTS, **about)
    return Counter(seats.values_list("dossier__subject_id", flat=True))


def earlier_rounds(acceptance: Acceptance, user: Any) -> QuerySet[ReviewRound]:
    """Rounds in which it was before: cancelled ones, and the one before a rectification; for those who see rounds."""
    rows = ReviewRound.objects.visible_to(user).exclude(reference=acceptance.review).defer("scheme")
    found: QuerySet[ReviewRound] = rows.filter(dossiers__subject_type=SUBJECT, dossiers__subject_id=str(acceptance.pk))
    return found.order_by("pk")


def findings_are_open(acceptance: Acceptance) -> bool:
    """Whether host and investigator read what experts found: of a round, only once an outcome was approved."""
    return not acceptance.review or acceptance.state not in UNDECIDED


def opinion_for_others(acceptance: Acceptance) -> str:
    """The opinion as host and investigator read it: of a round, as the department lets each opinion go."""
    review_round = ReviewRound.objects.filter(reference=acceptance.review).first() if acceptance.review else None
    if review_round is None:
        return acceptance.opinion
    said = [
        one for one in feedback(review_round) if (one.subject_type, one.subject_id) == (SUBJECT, f"{acceptance.pk}")
    ]
    line = _("Expert %(number)s: %(text)s")
    return "\n\n".join(
        line % {"number": row.label, "text": row.text} for one in said for row in one.opinions if row.text
    )


def released_with_the_outcome(review_round: ReviewRound) -> list[Reason]:
    """Why the opinions of such a round are not sent as letters: they stand with the acceptance once it is decided."""
    if not review_round.reference.startswith(REFERENCE):
        return []
    text = _("The opinions stand on the page of each acceptance once its outcome is approved.")
    return [Reason("with_the_outcome", text, _("Change before that what the investigator shall not read."))]
