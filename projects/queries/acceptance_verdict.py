"""What the sheets of experts say about an acceptance, by rule: the task, the money, and how it should end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.enums import ExpertKind
from experts.models import ExpertProfile, ReviewRound, ScoreSheet
from experts.queries.results import sheets_by_dossier
from projects.definitions.acceptance_review import AcceptanceReview, acceptance_review
from projects.enums import AcceptanceOutcome, Attainment
from projects.models import Acceptance
from projects.queries.acceptance_dossier import SUBJECT


@dataclass(frozen=True)
class Verdict:
    """What the experts found together; `opinion` holds what each wrote, without who it was."""

    task: Attainment
    finance: bool
    suggested: AcceptanceOutcome
    opinion: str
    sheets: int


def suggested(*, task: Attainment, finance: bool, truth: bool, cause: bool, rectified: bool) -> AcceptanceOutcome:
    """How the project should end (domain 2.7), the first that fits.

    Untrue papers fail. Passed: task and money both. What can be put right is, once. Concluded: the money is in order
    and what is missing is nobody's fault. Else failed.
    """
    if not truth:
        return AcceptanceOutcome.FAILED
    if task == Attainment.REACHED and finance:
        return AcceptanceOutcome.PASSED
    if not rectified and task != Attainment.MISSED:
        return AcceptanceOutcome.RECTIFY
    excused = finance and cause and task != Attainment.REACHED
    return AcceptanceOutcome.CONCLUDED if excused else AcceptanceOutcome.FAILED


def verdict_of(acceptance: Acceptance, review_round: ReviewRound) -> Verdict | None:
    """The verdict of a round about one acceptance; None where it is not in the round, or has no sheet."""
    dossier = review_round.dossiers.filter(subject_type=SUBJECT, subject_id=str(acceptance.pk)).first()
    sheets = sheets_by_dossier(review_round, [dossier.pk]).get(dossier.pk, []) if dossier else []
    return _verdict(sheets, acceptance.rectified) if sheets else None


def _verdict(sheets: Sequence[ScoreSheet], rectified: bool) -> Verdict:  # noqa: FBT001 - a fact of the record
    rows = acceptance_review()
    task, finance = rows.attainment(_mean(sheets, rows.task)), _most_say(sheets, rows.questions.finance.id)
    end = suggested(
        task=task,
        finance=finance,
        truth=_most_say(sheets, rows.questions.truth.id),
        cause=_most_say(sheets, rows.questions.cause.id),
        rectified=rectified,
    )
    return Verdict(task, finance, end, _opinion(sheets, rows), len(sheets))


def _mean(sheets: Sequence[ScoreSheet], criterion: str) -> Decimal:
    given = [Decimal(sheet.scores[criterion]) for sheet in sheets]
    return sum(given, Decimal(0)) / len(given)


def _most_say(sheets: Sequence[ScoreSheet], question: str) -> bool:
    """Whether more say yes than no: a tie is a no."""
    yes = sum(sheet.vetoes.get(question) is True for sheet in sheets)
    return yes * 2 > len(sheets)


def _opinion(sheets: Sequence[ScoreSheet], rows: AcceptanceReview) -> str:
    line = _("Expert %(number)d: %(text)s")
    said = [line % {"number": number, "text": sheet.opinion} for number, sheet in enumerate(sheets, 1)]
    lacking = rows.least_finance_experts - _of_finance(sheets)
    if lacking > 0:
        text = ngettext("An expert of finance was not heard.", "%(count)d experts of finance were not heard.", lacking)
        said.append(text % {"count": lacking})
    return "\n\n".join(said)


def _of_finance(sheets: Sequence[ScoreSheet]) -> int:
    heard = ExpertProfile.objects.filter(pk__in=[sheet.assignment.expert_id for sheet in sheets])
    return sum(ExpertKind.FINANCE in kinds for kinds in heard.values_list("kinds", flat=True))
