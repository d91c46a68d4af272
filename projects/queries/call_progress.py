"""How far the proposals of calls are: what the officer's home and the head of the list show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from projects.enums import CallState, FundingListState, ProposalState
from projects.models import Call, FundingList

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


def _counts() -> dict[str, Count]:
    return {f"n_{name}": Count("proposals", filter=Q(proposals__state__in=states)) for name, states in STAGES.items()}


def _progress(call: Call, funding_list: FundingList | None = None) -> Progress:
    return Progress(call, {name: getattr(call, f"n_{name}") for name in STAGES}, funding_list)


def calls_under_way(limit: int = 8) -> list[Progress]:
    """The published calls by filing deadline, latest first: one query."""
    rows = Call.objects.filter(state=CallState.PUBLISHED, imported_key="").annotate(**_counts())
    return [_progress(call) for call in rows.order_by("-filing_deadline")[:limit]]


def progress_of(call: Call) -> Progress:
    """One call, with its funding list if there is one: two queries."""
    funding_list = FundingList.objects.filter(call=call).exclude(state=FundingListState.CANCELLED).first()
    return _progress(Call.objects.annotate(**_counts()).get(pk=call.pk), funding_list)
