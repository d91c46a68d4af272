"""What waits for each hand on the way: the sources of the inbox.

Organisations see each proposal; authorities, officers and decision makers see calls and lists, which they
handle as a whole. Each source takes one query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.enums import Role
from directory.queries.standing import Standing, standing
from projects.enums import ContractState, FundingListState, ObjectionState, ProposalState
from projects.models import Call, Contract, FundingList, Objection, Proposal
from projects.queries.addresses import contract_url, funding_list_url, objection_url, proposal_url
from projects.queries.limits import moved_limit, organisation_limit
from projects.queries.signatures import INVESTIGATOR, KIND
from workflows.enums import RouteState
from workflows.inbox import Source, Waiting
from workflows.models import RouteStep

Rows = Callable[[Standing], QuerySet[Any]]


def source(code: str, relevant: Callable[[Standing], bool], rows: Rows, show: Callable[[Any], Waiting]) -> Source:
    """A source over a query: `rows` for a standing, each shown by `show`."""

    def of(user: Any, limit: int) -> Iterable[Waiting]:
        return [show(row) for row in rows(standing(user))[:limit]]

    return Source(code, lambda user: relevant(standing(user)), of, lambda user: rows(standing(user)).count())


def to_endorse(who: Standing) -> QuerySet[Proposal]:
    """Submitted through the organisations of an administrator, their own proposals left out."""
    rows = Proposal.objects.filter(organisation_id__in=who.admin_of, state=ProposalState.SUBMITTED)
    return (
        rows.exclude(applicant_id=who.person_id)
        .select_related("call", "organisation", "applicant")
        .order_by("call__filing_deadline", "pk")
    )


def _endorse(row: Proposal) -> Waiting:
    why = _("%(number)s · %(applicant)s · check and endorse, or return") % {
        "number": row.number,
        "applicant": row.applicant.name,
    }
    return Waiting(row.title, why, proposal_url(row), organisation_limit(row), _("endorsement"))


def to_recommend(who: Standing) -> QuerySet[Any]:
    """Calls with endorsed proposals under an officer's authorities, with their number `waiting`.

    `never_returned` counts those under the call's own deadline; `returned_to` is the first deadline of the others.
    """
    rows = _calls(ProposalState.ENDORSED, proposals__organisation__authority_id__in=who.recommends_for)
    never = Q(proposals__returned_to_deadline__isnull=True)
    found: QuerySet[Any] = rows.annotate(
        never_returned=Count("proposals", filter=never, distinct=True),
        returned_to=Min("proposals__returned_to_deadline"),
    )
    return found


def _calls(state: ProposalState, **more: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = Call.objects.filter(proposals__state=state, **more)
    rows = rows.annotate(waiting=Count("proposals", distinct=True))
    return rows.order_by(F("recommendation_deadline").asc(nulls_last=True), "pk")


def _recommend(call: Any) -> Waiting:
    why = ngettext(
        "%(count)d endorsed proposal waits for your letter",
        "%(count)d endorsed proposals wait for your letter",
        call.waiting,
    ) % {"count": call.waiting}
    url = f"{reverse('recommendations')}?call={call.code}&state={ProposalState.ENDORSED}"
    due = moved_limit(call, None if call.never_returned else call.returned_to)
    return Waiting(call.title, why, url, due, _("recommendation"))


def _check(call: Any) -> Waiting:
    why = ngettext("%(count)d proposal to check", "%(count)d proposals to check", call.waiting) % {
        "count": call.waiting
    }
    return Waiting(call.title, why, _received(call, ProposalState.RECOMMENDED), None, _("eligibility check"))


def _to_review(call: Any) -> Waiting:
    why = ngettext("%(count)d proposal to send to review", "%(count)d proposals to send to review", call.waiting)
    url = _received(call, ProposalState.ELIGIBLE)
    return Waiting(call.title, why % {"count": call.waiting}, url, None, _("review"))


def _to_list(call: Any) -> Waiting:
    why = ngettext("%(count)d reviewed proposal to decide", "%(count)d reviewed proposals to decide", call.waiting)
    url = _received(call, ProposalState.REVIEWED)
    return Waiting(call.title, why % {"count": call.waiting}, url, None, _("funding list"))


def _calls_without_list() -> QuerySet[Any]:
    running = FundingList.objects.exclude(state=FundingListState.CANCELLED)
    return _calls(ProposalState.REVIEWED).exclude(pk__in=running.values("call"))


def _received(call: Call, state: ProposalState) -> str:
    return f"{reverse('officer-proposals')}?call={call.code}&state={state}"


def lists_to_approve(_who: Standing) -> QuerySet[FundingList]:
    """Funding lists that wait for a decision maker: for approval, or for confirmation after their notice."""
    waiting = FundingList.objects.filter(state=FundingListState.IN_APPROVAL)
    over = FundingList.objects.filter(state=FundingListState.ON_NOTICE, notices__closes_at__lte=timezone.now())
    return (waiting | over).distinct().select_related("call").order_by("state_since")


def _approve(row: FundingList) -> Waiting:
    confirm = row.state == FundingListState.ON_NOTICE
    why = _("the notice is over: confirm") if confirm else _("approve as the second person, or return")
    return Waiting(row.call.title, why, funding_list_url(row), None, _("funding list"))


def lists_in_draft(_who: Standing) -> QuerySet[FundingList]:
    """Funding lists that an officer has to finish."""
    return FundingList.objects.filter(state=FundingListState.DRAFT).select_related("call").order_by("pk")


def _finish(row: FundingList) -> Waiting:
    return Waiting(
        row.call.title, _("finish the list and ask for approval"), funding_list_url(row), None, _("funding list")
    )


def objections_open(_who: Standing) -> QuerySet[Objection]:
    """Objections that wait for an integrity officer."""
    rows = Objection.objects.filter(state=ObjectionState.RECEIVED)
    return rows.select_related("proposal", "notice").order_by("received_at")


def _object(row: Objection) -> Waiting:
    return Waiting(row.proposal.title, _("an objection was received"), objection_url(row), None, _("objection"), "warn")


def drafts_to_complete(who: Standing) -> QuerySet[Contract]:
    """Contracts that their investigator has to complete."""
    rows = Contract.objects.filter(state=ContractState.DRAFT, project__investigator_id=who.person_id or 0)
    return rows.select_related("project").order_by("sign_by")


def _complete(row: Contract) -> Waiting:
    why = _("complete goals and milestones and start signing")
    return Waiting(row.project.title, why, contract_url(row), row.sign_by, _("contract"))


def to_sign(who: Standing) -> QuerySet[Contract]:
    """Contracts whose next place of signature is one's own."""
    open_steps = RouteStep.objects.filter(route__kind=KIND, route__state=RouteState.OPEN, passed_at__isnull=True)
    earlier = open_steps.filter(route=OuterRef("route"), order__lt=OuterRef("order"))
    mine = open_steps.filter(_places(who)).exclude(Exists(earlier))
    return (
        Contract.objects.filter(state=ContractState.SIGNING, pk__in=mine.values("route__subject_id"))
        .select_related("project")
        .order_by("sign_by")
    )


def _places(who: Standing) -> Q:
    mine = Q(role=INVESTIGATOR, scope=str(who.person_id or 0))
    mine |= Q(role=Role.ORGANISATION_ADMIN, scope__in=[str(pk) for pk in who.admin_of])
    mine |= Q(role=Role.RECOMMENDING_OFFICER, scope__in=[str(pk) for pk in who.recommends_for])
    return mine | Q(role=Role.DECISION_MAKER) if who.has(Role.DECISION_MAKER) else mine


def _sign(row: Contract) -> Waiting:
    return Waiting(row.project.title, _("read and sign the contract"), contract_url(row), row.sign_by, _("signature"))


def _anybody(who: Standing) -> bool:
    return who.person_id is not None


def _role(role: Role) -> Callable[[Standing], bool]:
    return lambda who: who.has(role)


OFFICER = _role(Role.PROGRAMME_OFFICER)
SOURCES = (
    source("projects.endorse", lambda who: bool(who.admin_of), to_endorse, _endorse),
    source("projects.recommend", lambda who: bool(who.recommends_for), to_recommend, _recommend),
    source("projects.check", OFFICER, lambda _who: _calls(ProposalState.RECOMMENDED), _check),
    source("projects.review", OFFICER, lambda _who: _calls(ProposalState.ELIGIBLE), _to_review),
    source("projects.list", OFFICER, lambda _who: _calls_without_list(), _to_list),
    source("projects.draft_list", OFFICER, lists_in_draft, _finish),
    source("projects.approve", _role(Role.DECISION_MAKER), lists_to_approve, _approve),
    source("projects.objection", _role(Role.INTEGRITY_OFFICER), objections_open, _object),
    source("projects.complete", _anybody, drafts_to_complete, _complete),
    source("projects.sign", _anybody, to_sign, _sign),
)
