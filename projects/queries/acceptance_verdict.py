"""What the sheets of experts say about an acceptance, by rule: the task, the money, and how it should end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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

BY_FACTS = (
    AcceptanceOutcome.PASSED,
    AcceptanceOutcome.RECTIFY,
    AcceptanceOutcome.CONCLUDED,
    AcceptanceOutcome.FAILED,
)


@dataclass(frozen=True)
class Verdict:
    """What the experts found together.

    opinion -- what each wrote, without who it was; letters -- what was recommended, {letter: experts}
    """

    task: Attainment
    finance: bool
    suggested: AcceptanceOutcome
    opinion: str
    sheets: int
    letters: Mapping[str, int]


@dataclass(frozen=True)
class Found:
    """What most experts found.

    finance -- the money was used as the rules ask; truth -- papers are true and goals were not changed without leave
    cause -- what is missing is nobody's fault; rectified -- whether rectification was asked for before
    """

    task: Attainment
    finance: bool
    truth: bool
    cause: bool
    rectified: bool

    @property
    def open_ends(self) -> set[AcceptanceOutcome]:
        """How the project may end by the rules (domain 2.7): untrue papers or goals changed without leave fail.

        It passes where task and money both do, is rectified once, and is concluded where the money is in order and what
        is missing is nobody's fault.
        """
        ends = {AcceptanceOutcome.FAILED}
        if not self.truth:
            return ends
        whole = self.task == Attainment.REACHED
        if whole and self.finance:
            ends.add(AcceptanceOutcome.PASSED)
        if not self.rectified:
            ends.add(AcceptanceOutcome.RECTIFY)
        if self.finance and self.cause and not whole:
            ends.add(AcceptanceOutcome.CONCLUDED)
        return ends


def suggested(found: Found, advised: AcceptanceOutcome | None = None) -> AcceptanceOutcome:
    """How the project should end: as the experts advise where the rules leave that open, else as the facts say.

    By the facts: passed where that is open; what was reached at least in part is rectified, once; then concluded, where
    that is open; else failed.
    """
    ends = found.open_ends
    if advised in ends:
        return advised
    if found.task == Attainment.MISSED:
        ends.discard(AcceptanceOutcome.RECTIFY)
    return next(one for one in BY_FACTS if one in ends)


def advised_by(letters: Mapping[str, int]) -> AcceptanceOutcome | None:
    """What most experts recommend, {letter: experts}; of those named equally often the strictest. None without any."""
    known = [one for one in acceptance_review().advice if letters.get(one.letter)]
    most = max((letters[one.letter] for one in known), default=0)
    ends = [one.outcome for one in known if letters[one.letter] == most]
    return ends[-1] if ends else None


def verdict_of(acceptance: Acceptance, review_round: ReviewRound) -> Verdict | None:
    """The verdict of a round about one acceptance; None where it is not in the round, or has no sheet."""
    dossier = review_round.dossiers.filter(subject_type=SUBJECT, subject_id=str(acceptance.pk)).first()
    sheets = sheets_by_dossier(review_round, [dossier.pk]).get(dossier.pk, []) if dossier else []
    return _verdict(sheets, acceptance.rectified) if sheets else None


def _verdict(sheets: Sequence[ScoreSheet], rectified: bool) -> Verdict:  # noqa: FBT001 - a fact of the record
    rows = acceptance_review()
    asked = rows.questions
    found = Found(
        task=rows.attainment(_mean(sheets, rows.task)),
        finance=_most_say(sheets, asked.finance.id),
        truth=_most_say(sheets, asked.truth.id),
        cause=_most_say(sheets, asked.cause.id),
        rectified=rectified,
    )
    letters = Counter(sheet.recommendation for sheet in sheets if sheet.recommendation)
    end, opinion = suggested(found, advised_by(letters)), "\n\n".join(_opinion(sheets, letters, rows))
    return Verdict(found.task, found.finance, end, opinion, len(sheets), dict(sorted(letters.items())))


def _mean(sheets: Sequence[ScoreSheet], criterion: str) -> Decimal:
    given = [Decimal(sheet.scores[criterion]) for sheet in sheets]
    return sum(given, Decimal(0)) / len(given)


def _most_say(sheets: Sequence[ScoreSheet], question: str) -> bool:
    """Whether more say yes than no: a tie is a no."""
    yes = sum(sheet.vetoes.get(question) is True for sheet in sheets)
    return yes * 2 > len(sheets)


def _opinion(sheets: Sequence[ScoreSheet], letters: Mapping[str, int], rows: AcceptanceReview) -> Iterator[str]:
    counts = [f"{one.name} × {letters[one.letter]}" for one in rows.advice if letters.get(one.letter)]
    if counts:
        yield _("Recommended: %(counts)s.") % {"counts": " / ".join(counts)}
    line = _("Expert %(number)d: %(text)s")
    for number, sheet in enumerate(sheets, 1):
        yield line % {"number": number, "text": sheet.opinion}
    lacking = rows.least_finance_experts - _of_finance(sheets)
    if lacking > 0:
        text = ngettext("An expert of finance was not heard.", "%(count)d experts of finance were not heard.", lacking)
        yield text % {"count": lacking}


def _of_finance(sheets: Sequence[ScoreSheet]) -> int:
    heard = ExpertProfile.objects.filter(pk__in=[sheet.assignment.expert_id for sheet in sheets])
    return sum(ExpertKind.FINANCE in kinds for kinds in heard.values_list("kinds", flat=True))
