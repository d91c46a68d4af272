"""What waits for each hand on the way: the sources of the inbox.

Organisations see each proposal; authorities, officers and decision makers see calls and lists, which they
handle as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.enums import Role
from directory.queries.standing import Standing, standing
from projects.enums import ContractState, FundingListState, ObjectionState, ProposalState
from projects.models import Contract, FundingList, Objection, Proposal, PublicNotice
from projects.queries.limits import moved_due, organisation_due
from projects.queries.signatures import INVESTIGATOR, KIND
from workflows.enums import RouteState
from workflows.inbox import Column, Row, Source, Waiting
from workflows.models import RouteStep

Shown = Callable[[Row], Waiting]


def source(
    code: str,
    relevant: Callable[[Standing], bool],
    rows: Callable[[Standing], QuerySet[Any]],
    show: Shown,
    **columns: Column,
) -> Source:
    """A source over a query of what waits for a standing."""
    return Source(code, lambda user: relevant(standing(user)), lambda user: rows(standing(user)), show, **columns)


def to_endorse(who: Standing) -> QuerySet[Proposal]:
    """Submitted through the organisations of an administrator, their own proposals left out."""
    rows = Proposal.objects.filter(organisation_id__in=who.admin_of, state=ProposalState.SUBMITTED)
    return rows.exclude(applicant_id=who.person_id)


def _endorse(row: Row) -> Waiting:
    why = _("%(proposal)s · check and endorse, or return") % {"proposal": row.about}
    return Waiting(row.title, why, reverse("proposal", args=[row.uid]), row.due, _("endorsement"))


def to_recommend(who: Standing) -> QuerySet[Any]:
    """Calls with endorsed proposals under an officer's authorities, with their number `waiting`.

    `never_returned` counts those under the call's own deadline; `returned_to` is the first deadline of the others.
    """
    rows = _calls(ProposalState.ENDORSED, organisation__authority_id__in=who.recommends_for)
    never = Q(returned_to_deadline__isnull=True)
    found: QuerySet[Any] = rows.annotate(
        never_returned=Count("pk", filter=never), returned_to=Min("returned_to_deadline")
    )
    return found


def _calls(state: ProposalState, **more: Any) -> QuerySet[Any]:
    """One row for each call: counted over the proposals, so that nothing wide of the call is grouped by."""
    found: QuerySet[Any] = Proposal.objects.filter(state=state, **more).values("call_id").annotate(waiting=Count("pk"))
    return found


def _recommend(row: Row) -> Waiting:
    why = ngettext(
        "%(count)d endorsed proposal waits for your letter",
        "%(count)d endorsed proposals wait for your letter",
        row.number,
    ) % {"count": row.number}
    url = f"{reverse('recommendations')}?call={row.key}&state={ProposalState.ENDORSED}"
    return Waiting(row.title, why, url, row.due, _("recommendation"))


def _check(row: Row) -> Waiting:
    why = ngettext("%(count)d proposal to check", "%(count)d proposals to check", row.number) % {"count": row.number}
    return Waiting(row.title, why, _received(row, ProposalState.RECOMMENDED), row.due, _("eligibility check"))


def _to_review(row: Row) -> Waiting:
    why = ngettext("%(count)d proposal to send to review", "%(count)d proposals to send to review", row.number)
    url = _received(row, ProposalState.ELIGIBLE)
    return Waiting(row.title, why % {"count": row.number}, url, row.due, _("review"))


def _to_list(row: Row) -> Waiting:
    why = ngettext("%(count)d reviewed proposal to decide", "%(count)d reviewed proposals to decide", row.number)
    url = _received(row, ProposalState.REVIEWED)
    return Waiting(row.title, why % {"count": row.number}, url, row.due, _("funding list"))


def _calls_without_list() -> QuerySet[Any]:
    running = FundingList.objects.exclude(state=FundingListState.CANCELLED)
    return _calls(ProposalState.REVIEWED).exclude(call__in=running.values("call"))


def _received(row: Row, state: ProposalState) -> str:
    return f"{reverse('officer-proposals')}?call={row.key}&state={state}"


def _lists(state: FundingListState) -> Callable[[Standing], QuerySet[FundingList]]:
    return lambda _who: FundingList.objects.filter(state=state)


def _finish(row: Row) -> Waiting:
    return _funding_list(row, _("finish the list and ask for approval"))


def _approve(row: Row) -> Waiting:
    return _funding_list(row, _("approve as the second person, or return"))


def _confirm(row: Row) -> Waiting:
    return _funding_list(row, _("the notice is over: confirm"))


def _funding_list(row: Row, why: str) -> Waiting:
    return Waiting(row.title, why, reverse("funding-list", args=[row.uid]), row.due, _("funding list"))


def lists_to_confirm(_who: Standing) -> QuerySet[FundingList]:
    """Funding lists whose notice is over."""
    over = PublicNotice.objects.filter(funding_list=OuterRef("pk"), closes_at__lte=timezone.now())
    return FundingList.objects.filter(Exists(over), state=FundingListState.ON_NOTICE)


def objections_open(_who: Standing) -> QuerySet[Objection]:
    """Objections that wait for an integrity officer."""
    return Objection.objects.filter(state=ObjectionState.RECEIVED)


def _object(row: Row) -> Waiting:
    url = reverse("objection", args=[row.uid])
    return Waiting(row.title, _("an objection was received"), url, row.due, _("objection"), "warn")


def drafts_to_complete(who: Standing) -> QuerySet[Contract]:
    """Contracts that their investigator has to complete."""
    return Contract.objects.filter(state=ContractState.DRAFT, project__investigator_id=who.person_id or 0)


def _complete(row: Row) -> Waiting:
    why = _("complete goals and milestones and start signing")
    return Waiting(row.title, why, reverse("contract", args=[row.uid]), row.due, _("contract"))


def to_sign(who: Standing) -> QuerySet[Contract]:
    """Contracts whose next place of signature is one's own; `turn_due` is by when one signs."""
    open_steps = RouteStep.objects.filter(route__kind=KIND, route__state=RouteState.OPEN, passed_at__isnull=True)
    earlier = open_steps.filter(route=OuterRef("route"), order__lt=OuterRef("order"))
    mine = open_steps.filter(_places(who)).exclude(Exists(earlier))
    turn = mine.filter(route__subject_id=OuterRef("pk")).order_by("order").values("due_at")[:1]
    rows = Contract.objects.filter(state=ContractState.SIGNING, pk__in=mine.values("route__subject_id"))
    found: QuerySet[Contract] = rows.annotate(turn_due=Coalesce(Subquery(turn), "sign_by"))
    return found


def _places(who: Standing) -> Q:
    mine = Q(role=INVESTIGATOR, scope=str(who.person_id or 0))
    mine |= Q(role=Role.ORGANISATION_ADMIN, scope__in=[str(pk) for pk in who.admin_of])
    mine |= Q(role=Role.RECOMMENDING_OFFICER, scope__in=[str(pk) for pk in who.recommends_for])
    return mine | Q(role=Role.DECISION_MAKER) if who.has(Role.DECISION_MAKER) else mine


def _sign(row: Row) -> Waiting:
    url = reverse("contract", args=[row.uid])
    return Waiting(row.title, _("read and sign the contract"), url, row.due, _("signature"))


def _anybody(who: Standing) -> bool:
    return who.person_id is not None


def _role(role: Role) -> Callable[[Standing], bool]:
    return lambda who: who.has(role)


OFFICER, DECISION_MAKER = _role(Role.PROGRAMME_OFFICER), _role(Role.DECISION_MAKER)
CALL: dict[str, Column] = {"title": "call__title", "key": "call__code", "number": "waiting"}
RECOMMENDED: dict[str, Column] = {
    **CALL,
    "due": Case(When(never_returned__gt=0, then=moved_due(None, "call__")), default=moved_due("returned_to", "call__")),
}
FUNDING_LIST: dict[str, Column] = {"title": "call__title"}
CONTRACT: dict[str, Column] = {"title": "project__title", "due": "sign_by"}
ENDORSED: dict[str, Column] = {
    "about": Concat("number", Value(" · "), "applicant__name"),
    "due": organisation_due(),
}
SOURCES = (
    source("projects.endorse", lambda who: bool(who.admin_of), to_endorse, _endorse, **ENDORSED),
    source("projects.recommend", lambda who: bool(who.recommends_for), to_recommend, _recommend, **RECOMMENDED),
    source("projects.check", OFFICER, lambda _who: _calls(ProposalState.RECOMMENDED), _check, **CALL),
    source("projects.review", OFFICER, lambda _who: _calls(ProposalState.ELIGIBLE), _to_review, **CALL),
    source("projects.list", OFFICER, lambda _who: _calls_without_list(), _to_list, **CALL),
    source("projects.draft_list", OFFICER, _lists(FundingListState.DRAFT), _finish, **FUNDING_LIST),
    source("projects.approve", DECISION_MAKER, _lists(FundingListState.IN_APPROVAL), _approve, **FUNDING_LIST),
    source("projects.confirm", DECISION_MAKER, lists_to_confirm, _confirm, **FUNDING_LIST),
    source("projects.objection", _role(Role.INTEGRITY_OFFICER), objections_open, _object, title="proposal__title"),
    source("projects.complete", _anybody, drafts_to_complete, _complete, **CONTRACT),
    source("projects.sign", _anybody, to_sign, _sign, title="project__title", due="turn_due"),
)
