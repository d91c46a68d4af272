"""What is true of calls, proposals, decisions and contracts at every moment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from projects.enums import ContractState, FundingListState, NoticeState, ObjectionState, ProjectState, ProposalState
from projects.invariants.writing import HERE
from projects.models import (
    Contract,
    ContractVersion,
    FundingItem,
    FundingList,
    Letter,
    Objection,
    Project,
    Proposal,
    PublicNotice,
)
from projects.querysets import FILED
from workflows.digest import digest
from workflows.invariants import invariant

DECIDED = (ProposalState.PROPOSED, ProposalState.ON_NOTICE, ProposalState.ON_HOLD, ProposalState.APPROVED)
LIVE_LISTS = ~Q(funding_items__funding_list__state=FundingListState.CANCELLED)


@invariant("way.version", "what was filed and not withdrawn has a frozen version whose digest is right", cheap=False)
def version() -> Iterator[str]:
    filed = [state for state in FILED if state != ProposalState.WITHDRAWN]
    for proposal in Proposal.objects.filter(HERE, state__in=filed).select_related("current_version").iterator():
        frozen = proposal.current_version
        if frozen is None or digest(frozen.content) != frozen.sha256:
            yield str(proposal.pk)


@invariant(
    "way.letter_of_recommendation", "a recommendation is of the proposal's own call and of its host's authority then"
)
def recommendation() -> Iterator[str]:
    odd = Proposal.objects.filter(recommendation__isnull=False).exclude(recommendation__call=F("call"))
    yield from (str(row.pk) for row in odd)


@invariant("way.scored", "what was reviewed has a score from 0 to 100", cheap=False)
def scored() -> Iterator[str]:
    rows = Proposal.objects.filter(HERE, state__in=(ProposalState.REVIEWED, *DECIDED))
    odd = rows.filter(Q(score__isnull=True) | Q(score__lt=0) | Q(score__gt=100))
    yield from (str(row.pk) for row in odd)


@invariant(
    "way.on_a_list",
    "what is proposed, on notice or approved is funded on exactly one list that was not cancelled",
    cheap=False,
)
def on_a_list() -> Iterator[str]:
    funded = Count("funding_items", filter=LIVE_LISTS & Q(funding_items__funded=True))
    yield from (str(row.pk) for row in Proposal.objects.filter(HERE, state__in=DECIDED).annotate(n=funded).exclude(n=1))


@invariant(
    "way.list_total", "the total of a funding list is the sum of its items, none above what was requested", cheap=False
)
def list_total() -> Iterator[str]:
    rows = FundingList.objects.annotate(sum=Coalesce(Sum("items__amount"), Decimal(0)))
    yield from (f"list {row.pk}" for row in rows.exclude(total=F("sum")))
    yield from (f"item {row.pk}" for row in FundingItem.objects.filter(amount__gt=F("requested")))


@invariant("way.two_people", "a list past approval was approved by another person than drafted it", cheap=False)
def two_people() -> Iterator[str]:
    past = FundingList.objects.filter(state__in=[FundingListState.ON_NOTICE, FundingListState.CONFIRMED])
    yield from (str(row.pk) for row in past.filter(Q(approved_by__isnull=True) | Q(approved_by=F("drafted_by"))))


@invariant(
    "way.notice",
    "a list is on notice exactly while it has a notice, and confirmed only after that has closed",
    cheap=False,
)
def notice() -> Iterator[str]:
    shown = PublicNotice.objects.filter(state__in=[NoticeState.PUBLISHED, NoticeState.CLOSED]).values("funding_list")
    on_notice = FundingList.objects.filter(state__in=[FundingListState.ON_NOTICE, FundingListState.CONFIRMED])
    yield from (str(row.pk) for row in on_notice.exclude(pk__in=shown))
    running = PublicNotice.objects.filter(state=NoticeState.PUBLISHED)
    yield from (str(row.pk) for row in running.exclude(funding_list__state=FundingListState.ON_NOTICE))


@invariant("way.on_hold", "a proposal is on hold exactly while an objection to it is open", cheap=False)
def on_hold() -> Iterator[str]:
    open_ones = Objection.objects.filter(state=ObjectionState.RECEIVED)
    held = Proposal.objects.filter(state=ProposalState.ON_HOLD)
    yield from (str(row.pk) for row in held.exclude(pk__in=open_ones.values("proposal")))
    yield from (str(one.pk) for one in open_ones.filter(proposal__state=ProposalState.ON_NOTICE))


@invariant("way.objection_answered", "a decided objection says who decided it and has an answer")
def objection_answered() -> Iterator[str]:
    decided = Objection.objects.exclude(state=ObjectionState.RECEIVED)
    yield from (str(one.pk) for one in decided.filter(Q(decided_by__isnull=True) | Q(answer="")))


@invariant(
    "way.project",
    "an approved proposal has its letter and its project, and no other proposal has a project",
    cheap=False,
)
def project() -> Iterator[str]:
    approved = Proposal.objects.filter(state=ProposalState.APPROVED)
    letters = Letter.objects.filter(kind="approval").values("proposal")
    without = Q(project__isnull=True) | (HERE & ~Q(pk__in=letters))
    yield from (str(row.pk) for row in approved.filter(without))
    yield from (str(row.pk) for row in Project.objects.exclude(proposal__state=ProposalState.APPROVED))


@invariant(
    "way.grant", "the grant of a project is what the list gave, and its contract's budget adds up to it", cheap=False
)
def grant() -> Iterator[str]:
    for row in Contract.objects.select_related("project__proposal").iterator():
        lines = row.content.get("budget", [])
        given = FundingItem.objects.filter(
            proposal=row.project.proposal_id, funded=True, funding_list__state=FundingListState.CONFIRMED
        ).first()
        if sum((Decimal(line["fiscal"]) for line in lines), Decimal(0)) != row.project.grant:
            yield f"contract {row.pk}"
        if row.project.proposal.imported_key:
            continue
        if given is None or given.amount != row.project.grant:
            yield f"project {row.project_id}"


@invariant(
    "way.contract",
    "project and contract agree: signed is active, lapsed is lapsed; what is signed has its digest",
    cheap=False,
)
def contract() -> Iterator[str]:
    pairs = {
        ContractState.DRAFT: ProjectState.CONTRACT,
        ContractState.SIGNING: ProjectState.CONTRACT,
        ContractState.LAPSED: ProjectState.LAPSED,
    }
    for row in Contract.objects.select_related("project").iterator():
        if row.state in pairs and row.project.state != pairs[ContractState(row.state)]:
            yield f"{row.pk}: {row.state} {row.project.state}"
        if row.state in (ContractState.SIGNING, ContractState.SIGNED) and digest(row.content) != row.sha256:
            yield f"{row.pk}: digest"


@invariant(
    "way.contract_version", "a version of a contract has its digest, and what is signed is one of them", cheap=False
)
def contract_version() -> Iterator[str]:
    for one in ContractVersion.objects.iterator():
        if digest(one.content) != one.sha256:
            yield f"{one.pk}: digest"
    same = ContractVersion.objects.filter(contract=OuterRef("pk"), sha256=OuterRef("sha256"))
    fixed = Contract.objects.filter(state__in=[ContractState.SIGNING, ContractState.SIGNED])
    yield from (f"contract {row.pk}" for row in fixed.exclude(Exists(same)))
