"""Invariants of writing and submitting. Each gives the rows that break its sentence; none when all is well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from projects.enums import ParticipantRole, ProposalState
from projects.models import Participant, Proposal, ProposalVersion, SectionAnswer
from workflows.digest import digest

Broken = Iterable[str]
BEFORE_SUBMISSION = (ProposalState.DRAFT, ProposalState.WITHDRAWN, ProposalState.EXPIRED)
ZERO = Decimal(0)


def submitted_has_a_receipt() -> Broken:
    """What is submitted or further has a number, an arrival and a version with a receipt in the journal."""
    rows = Proposal.objects.exclude(state__in=(*BEFORE_SUBMISSION, ProposalState.RETURNED)).filter(
        Q(number="")
        | Q(submitted_at=None)
        | Q(current_version=None)
        | Q(current_version__receipt="")
        | Q(current_version__entry=None)
    )
    return (str(pk) for pk in rows.values_list("pk", flat=True))


def draft_has_no_live_receipt() -> Broken:
    """No draft points at a version: what was taken back does not count."""
    rows = Proposal.objects.filter(state=ProposalState.DRAFT, current_version__isnull=False)
    return (str(pk) for pk in rows.values_list("pk", flat=True))


def version_belongs_to_its_proposal() -> Broken:
    """The version that counts is the proposal's own and was not taken back."""
    rows = Proposal.objects.filter(current_version__isnull=False).exclude(
        current_version__proposal=F("pk"), current_version__taken_back_at=None
    )
    return (str(pk) for pk in rows.values_list("pk", flat=True))


def numbers_are_counted() -> Iterator[str]:
    """A proposal's number is its call's code and a count that the call has reached."""
    rows = Proposal.objects.exclude(number="").values_list("pk", "number", "call__code", "call__last_number")
    for pk, number, code, last in rows.iterator():
        tail = number.removeprefix(f"{code}-")
        if tail == number or not tail.isdigit() or not 1 <= int(tail) <= last:
            yield f"{pk}: {number}"


def sums_match_lines() -> Broken:
    """What a proposal asks for and puts in are the sums of its budget lines."""
    rows = Proposal.objects.annotate(
        fiscal_sum=Coalesce(Sum("budget_lines__fiscal"), ZERO), own_sum=Coalesce(Sum("budget_lines__own"), ZERO)
    ).exclude(requested=F("fiscal_sum"), own=F("own_sum"))
    return (str(pk) for pk in rows.values_list("pk", flat=True))


def content_matches_digest() -> Iterator[str]:
    """The content of each submitted version has the digest on its receipt."""
    for version in ProposalVersion.objects.only("pk", "content", "sha256").iterator(chunk_size=100):
        if digest(version.content) != version.sha256:
            yield str(version.pk)


def receipt_is_journaled() -> Iterator[str]:
    """The journal entry of each version carries its digest."""
    rows = ProposalVersion.objects.filter(entry__isnull=False).values_list("pk", "sha256", "entry__data")
    for pk, sha256, data in rows.iterator():
        if data.get("content") != sha256:
            yield str(pk)


def one_investigator() -> Broken:
    """The team names exactly one principal investigator, the applicant."""
    rows = (
        Proposal.objects.filter(participants__isnull=False)
        .annotate(
            leads=Count("participants", filter=Q(participants__role=ParticipantRole.INVESTIGATOR), distinct=True),
            right=Count(
                "participants",
                filter=Q(participants__role=ParticipantRole.INVESTIGATOR, participants__person=F("applicant")),
                distinct=True,
            ),
        )
        .exclude(leads=1, right=1)
    )
    return (str(pk) for pk in rows.values_list("pk", flat=True))


def writers_have_confirmed() -> Broken:
    """Whoever has confirmed is a known person and holds no open link."""
    rows = Participant.objects.filter(state="confirmed").filter(Q(person=None) | ~Q(token=""))
    return (str(pk) for pk in rows.values_list("pk", flat=True))


def answers_belong_to_the_form() -> Iterator[str]:
    """Every stored section is one of the call's form."""
    rows = SectionAnswer.objects.values_list("pk", "section", "proposal__call__form")
    for pk, section, form in rows.iterator():
        if section not in {one["id"] for one in form.get("sections", ())}:
            yield str(pk)


INVARIANTS: tuple[Callable[[], Broken], ...] = (
    submitted_has_a_receipt,
    draft_has_no_live_receipt,
    version_belongs_to_its_proposal,
    numbers_are_counted,
    sums_match_lines,
    content_matches_digest,
    receipt_is_journaled,
    one_investigator,
    writers_have_confirmed,
    answers_belong_to_the_form,
)
