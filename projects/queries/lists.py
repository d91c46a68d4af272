"""Lists of proposals for those who handle them: filtered, counted by state, without a query per row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from projects.enums import FindingLevel, FindingVerdict, ProposalState
from projects.models import Proposal
from projects.querysets import FILED
from workflows.machine import State, machine_of

OPEN_FINDINGS = Count(
    "findings",
    filter=Q(findings__verdict=FindingVerdict.OPEN) & ~Q(findings__level=FindingLevel.PASSED),
    distinct=True,
)


def for_organisations(organisation_ids: Iterable[int]) -> QuerySet[Proposal]:
    """What was filed through these organisations, for their administrators."""
    return rows(Proposal.objects.filter(organisation_id__in=organisation_ids, state__in=FILED))


def for_authorities(organisation_ids: Iterable[int]) -> QuerySet[Proposal]:
    """What the organisations under these authorities have filed, for their recommending officers."""
    return rows(Proposal.objects.filter(organisation__authority_id__in=organisation_ids, state__in=FILED))


def rows(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """`proposals` with all that one line of a list shows."""
    return proposals.select_related(
        "call", "direction", "applicant", "organisation", "organisation__region", "recommendation"
    )


@dataclass(frozen=True)
class StateCount:
    """One tab of a list: a state and how many rows are in it."""

    state: State
    count: int


def counts_by_state(proposals: QuerySet[Proposal]) -> list[StateCount]:
    """How many of `proposals` stand in which state, in the order of the machine; empty states are left out."""
    found = dict(proposals.order_by().values_list("state").annotate(count=Count("pk", distinct=True)))
    states = machine_of(Proposal).states
    return [StateCount(state, found[state.value]) for state in states if found.get(state.value)]


def state_choices() -> list[tuple[str, Any]]:
    """The states a filed proposal can be in, as choices of a filter."""
    return [(state.value, state.label) for state in ProposalState if state in FILED]
