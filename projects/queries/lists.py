"""Lists of proposals for those who handle them: filtered, counted by state, without a query per row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from projects.enums import FindingLevel, FindingVerdict, ProposalState
from projects.models import Call, Finding, Proposal
from projects.querysets import FILED
from workflows.machine import State, machine_of

T = TypeVar("T")
# What makes a call heavy to read and no list shows; the same of the call of a proposal.
HEAVY = ("form", "rules", "scoring", "plan", "body")
UNSEEN = tuple(f"call__{name}" for name in HEAVY)
OPEN = Q(verdict=FindingVerdict.OPEN) & ~Q(level=FindingLevel.PASSED)


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


def whole(part: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The rows of `part`, a slice of an ordered list, in its order, with all that one line shows: one query.

    Joined before the slice is cut, every row of a long list would be carried through the sorting with all it shows.
    """
    order = part.query.order_by
    return rows(Proposal.objects.filter(pk__in=part.values("pk"))).order_by(*order).defer(*UNSEEN)


def with_open_findings(proposals: Iterable[Proposal]) -> list[tuple[Proposal, int]]:
    """The rows of one page, each with its number of findings that wait for a decision: one query."""
    return _with(proposals, Finding.objects.filter(OPEN), "proposal")


def with_proposals(calls: Iterable[Call]) -> list[tuple[Call, int]]:
    """The calls of one page, each with the number of its proposals: one query."""
    return _with(calls, Proposal.objects.all(), "call")


def _with(page: Iterable[T], counted: QuerySet[Any], path: str) -> list[tuple[T, int]]:
    """Counted for the rows of a page alone: a count joined to the whole list is computed for every row of it."""
    shown: list[Any] = list(page)
    found = counted.filter(**{f"{path}__in": shown}).order_by().values_list(path).annotate(count=Count("pk"))
    counts = dict(found)
    return [(one, counts.get(one.pk, 0)) for one in shown]


@dataclass(frozen=True)
class StateCount:
    """One tab of a list: a state and how many rows are in it."""

    state: State
    count: int

    @property
    def label(self) -> Any:
        """The name for those inside; outside `public_counts` has put the public one in its place."""
        return self.state.label


def counts_by_state(proposals: QuerySet[Proposal]) -> list[StateCount]:
    """How many of `proposals` stand in which state, in the order of the machine; empty states are left out."""
    found = _counts(proposals)
    return [StateCount(state, found[state.value]) for state in machine_of(Proposal).states if found.get(state.value)]


def public_counts(proposals: QuerySet[Proposal]) -> list[StateCount]:
    """The same as those outside of the department may see it: states that look alike are counted as one."""
    found = _counts(proposals)
    groups = {first: [one.value for one in members] for first, members in public_groups().items()}
    sums = [(first, sum(found.get(value, 0) for value in values)) for first, values in groups.items()]
    return [StateCount(replace(_state(first), label=_state(first).public), count) for first, count in sums if count]


def public_groups() -> dict[str, list[State]]:
    """The states of filed proposals by their public name: the first of each name, and all that bear it."""
    groups: dict[str, list[State]] = {}
    names: dict[str, str] = {}
    for state in machine_of(Proposal).states:
        if state.value in FILED:
            groups.setdefault(names.setdefault(str(state.public), state.value), []).append(state)
    return groups


def _counts(proposals: QuerySet[Proposal]) -> dict[str, int]:
    return dict(proposals.order_by().values_list("state").annotate(count=Count("pk")))


def _state(value: str) -> State:
    return machine_of(Proposal).state(value)


def state_choices() -> list[tuple[str, Any]]:
    """The states a filed proposal can be in, as choices of a filter."""
    return [(state.value, state.label) for state in ProposalState if state in FILED]


def public_state_choices() -> list[tuple[str, Any]]:
    """The same by public names: one choice for all that look alike."""
    return [(first, members[0].public) for first, members in public_groups().items()]
