"""Invariants of writing and submitting. Each gives the rows that break its sentence; none when all is well.

Those that are not cheap also look at rows that tests make without their history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from projects.enums import ParticipantRole, ProposalState
from projects.models import Participant, Proposal, ProposalVersion, SectionAnswer
from workflows.digest import digest
from workflows.invariants import invariant

Broken = Iterable[str]
BEFORE_SUBMISSION = (ProposalState.DRAFT, ProposalState.WITHDRAWN, ProposalState.EXPIRED)
ZERO = Decimal(0)
HERE = Q(imported_key="")  # what was decided before this system has its papers elsewhere


@invariant(
    "projects.submitted_has_a_receipt",
    "what is submitted or further has a number, an arrival and a version with a receipt in the journal",
    cheap=False,
)
def submitted_has_a_receipt() -> Broken:
    rows = Proposal.objects.exclude(state__in=(*BEFORE_SUBMISSION, ProposalState.RETURNED)).filter(
        HERE,
        Q(number="")
        | Q(submitted_at=None)
        | Q(current_version=None)
        | Q(current_version__receipt="")
        | Q(current_version__entry=None),
    )
    return (str(pk) for pk in rows.values_list("pk", flat=True))


@invariant("projects.draft_has_no_live_receipt", "no draft points at a version: what was taken back does not count")
def draft_has_no_live_receipt() -> Broken:
    rows = Proposal.objects.filter(state=ProposalState.DRAFT, current_version__isnull=False)
    return (str(pk) for pk in rows.values_list("pk", flat=True))


@invariant(
    "projects.version_belongs_to_its_proposal",
    "the version that counts is the proposal's own and was not taken back",
    cheap=False,
)
def version_belongs_to_its_proposal() -> Broken:
    rows = Proposal.objects.filter(current_version__isnull=False).exclude(
        current_version__proposal=F("pk"), current_version__taken_back_at=None
    )
    return (str(pk) for pk in rows.values_list("pk", flat=True))


@invariant(
    "projects.numbers_are_counted",
    "a proposal's number is its call's code and a count that the call has reached",
    cheap=False,
)
def numbers_are_counted() -> Iterator[str]:
    rows = (
        Proposal.objects.filter(HERE).exclude(number="").values_list("pk", "number", "call__code", "call__last_number")
    )
    for pk, number, code, last in rows.iterator():
        tail = number.removeprefix(f"{code}-")
        if tail == number or not tail.isdigit() or not 1 <= int(tail) <= last:
            yield f"{pk}: {number}"


@invariant(
    "projects.sums_match_lines", "what a proposal asks for and puts in are the sums of its budget lines", cheap=False
)
def sums_match_lines() -> Broken:
    rows = Proposal.objects.annotate(
        fiscal_sum=Coalesce(Sum("budget_lines__fiscal"), ZERO), own_sum=Coalesce(Sum("budget_lines__own"), ZERO)
    ).exclude(requested=F("fiscal_sum"), own=F("own_sum"))
    return (str(pk) for pk in rows.values_list("pk", flat=True))


@invariant(
    "projects.content_matches_digest",
    "the content of each submitted version has the digest on its receipt",
    cheap=False,
)
def content_matches_digest() -> Iterator[str]:
    for version in ProposalVersion.objects.only("pk", "content", "sha256").iterator(chunk_size=100):
        if digest(version.content) != version.sha256:
            yield str(version.pk)


@invariant("projects.receipt_is_journaled", "the journal entry of each version carries its digest")
def receipt_is_journaled() -> Iterator[str]:
    rows = ProposalVersion.objects.filter(entry__isnull=False).values_list("pk", "sha256", "entry__data")
    for pk, sha256, data in rows.iterator():
        if data.get("content") != sha256:
            yield str(pk)


@invariant("projects.one_investigator", "the team names exactly one principal investigator, the applicant", cheap=False)
def one_investigator() -> Broken:
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


@invariant(
    "projects.writers_have_confirmed", "whoever has confirmed is a known person and holds no open link", cheap=False
)
def writers_have_confirmed() -> Broken:
    rows = Participant.objects.filter(state="confirmed").filter(Q(person=None) | ~Q(token=""))
    return (str(pk) for pk in rows.values_list("pk", flat=True))


@invariant("projects.answers_belong_to_the_form", "every stored section is one of the call's form")
def answers_belong_to_the_form() -> Iterator[str]:
    rows = SectionAnswer.objects.values_list("pk", "section", "proposal__call__form")
    for pk, section, form in rows.iterator():
        if section not in {one["id"] for one in form.get("sections", ())}:
            yield str(pk)
