"""How far the proposals of calls are: what the officer's home and the head of the list show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from projects.enums import CallState, FundingListState, ProposalState
from projects.models import Call, FundingList, Proposal
from projects.queries.lists import HEAVY

P = ProposalState
STAGES: dict[str, tuple[ProposalState, ...]] = {
    "before": (P.SUBMITTED, P.ENDORSED, P.RETURNED),
    "check": (P.RECOMMENDED,),
    "ready": (P.ELIGIBLE,),
    "review": (P.IN_REVIEW,),
    "decision": (P.REVIEWED, P.PROPOSED),
    "notice": (P.ON_NOTICE, P.ON_HOLD),
    "funded": (P.APPROVED,),
    "ended": (P.DECLINED, P.INELIGIBLE, P.NOT_ENDORSED, P.NOT_RECOMMENDED, P.WITHDRAWN, P.EXPIRED),
}


@dataclass(frozen=True)
class Progress:
    """One call with its counts by stage (the keys of STAGES)."""

    call: Call
    counts: dict[str, int]
    funding_list: FundingList | None = None

    @property
    def total(self) -> int:
        """How many were filed."""
        return sum(self.counts.values())


STAGE = {state: name for name, states in STAGES.items() for state in states}


def _progress(call: Call, counts: Iterable[tuple[str, int]], funding_list: FundingList | None = None) -> Progress:
    sums = dict.fromkeys(STAGES, 0)
    for state, count in counts:
        if state in STAGE:
            sums[STAGE[ProposalState(state)]] += count
    return Progress(call, sums, funding_list)


def calls_under_way(limit: int = 8) -> list[Progress]:
    """The published calls with proposals, by filing deadline, latest first: two queries."""
    filed = Proposal.objects.filter(call=OuterRef("pk"), state__in=STAGE)
    rows = Call.objects.filter(Exists(filed), state=CallState.PUBLISHED, imported_key="").defer(*HEAVY)
    calls = list(rows.order_by("-filing_deadline")[:limit])
    counts: dict[int, list[tuple[str, int]]] = {call.pk: [] for call in calls}
    for call, state, count in _counts(calls).values_list("call_id", "state", "count"):
        counts[call].append((state, count))
    return [_progress(call, counts[call.pk]) for call in calls]


def progress_of(call: Call) -> Progress:
    """One call, with its funding list if there is one: two queries."""
    funding_list = FundingList.objects.filter(call=call).exclude(state=FundingListState.CANCELLED).first()
    return _progress(call, _counts([call]).values_list("state", "count"), funding_list)


def _counts(calls: list[Call]) -> QuerySet[Any, Any]:
    rows = Proposal.objects.filter(call__in=calls, state__in=STAGE).order_by()
    found: QuerySet[Any, Any] = rows.values("call_id", "state").annotate(count=Count("pk"))
    return found
