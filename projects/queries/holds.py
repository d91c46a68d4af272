"""What people have on hand: running projects and filed proposals that count against concurrent limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from projects.checks.context import Hold, Holds
from projects.conditions.call import ENDED
from projects.enums import OVER, CallKind, ParticipantRole, ParticipantState, ProjectState, ProposalState
from projects.models import Participant, Project, Proposal
from projects.queries.acceptance import overdue

COUNTED_PROPOSALS = tuple(
    state for state in ProposalState if state not in (*ENDED, ProposalState.DRAFT) or state == ProposalState.APPROVED
)
"""Filed and not ended; an approved one until its project begins."""
OPEN_PROJECTS = tuple(state for state in ProjectState if state not in OVER)
COUNTED_ROLES = (ParticipantRole.INVESTIGATOR, ParticipantRole.KEY_MEMBER)
"""Other members do not count (domain 2.1: their share of working time does)."""


@dataclass(frozen=True)
class Late:
    """A project whose acceptance is overdue, with who answers for it."""

    person: int
    organisation: int
    hold: Hold


def holds_of(people: Collection[int], *, leave_out: int | None = None) -> Holds:
    """What each of `people` leads or is key member of, besides the proposal `leave_out`. Three queries.

    A project stands for the proposal it came from. Only calls for research projects count.
    """
    found: dict[int, dict[int, Hold]] = defaultdict(dict)
    _add_members(found, people)
    _add_proposals(found, people)
    _add_projects(found, people)
    return {
        person: tuple(hold for proposal, hold in sorted(held.items()) if proposal != leave_out)
        for person, held in found.items()
    }


def _add_members(found: dict[int, dict[int, Hold]], people: Collection[int]) -> None:
    rows = Participant.objects.filter(
        Q(proposal__project__isnull=True, proposal__state__in=COUNTED_PROPOSALS)
        | Q(proposal__project__state__in=OPEN_PROJECTS),
        person_id__in=people,
        role__in=COUNTED_ROLES,
        proposal__call__kind=CallKind.PROJECT,
    ).exclude(state=ParticipantState.DECLINED)
    left = Project.former.through.objects.filter(project__proposal=OuterRef("proposal"), person=OuterRef("person"))
    rows = rows.exclude(Exists(left))
    for row in rows.select_related("proposal__project"):
        project = getattr(row.proposal, "project", None)
        assert row.person_id is not None  # noqa: S101 - filtered above
        found[row.person_id][row.proposal_id] = of_project(project, False) if project else of_proposal(row.proposal)


def _add_proposals(found: dict[int, dict[int, Hold]], people: Collection[int]) -> None:
    rows = Proposal.objects.filter(
        applicant_id__in=people, state__in=COUNTED_PROPOSALS, project__isnull=True, call__kind=CallKind.PROJECT
    )
    for row in rows:
        found[row.applicant_id][row.pk] = of_proposal(row, True)


def _add_projects(found: dict[int, dict[int, Hold]], people: Collection[int]) -> None:
    rows = Project.objects.filter(
        investigator_id__in=people, state__in=OPEN_PROJECTS, proposal__call__kind=CallKind.PROJECT
    )
    for row in rows:
        found[row.investigator_id][row.proposal_id] = of_project(row, True)


def late_of(people: Collection[int], organisations: Collection[int]) -> list[Late]:
    """Overdue acceptances of projects that `people` lead or `organisations` host. One query."""
    rows = overdue(timezone.now()).filter(
        Q(project__investigator_id__in=people) | Q(project__organisation_id__in=organisations)
    )
    projects = [row.project for row in rows.select_related("project").defer("content").order_by("pk")]
    return [Late(row.investigator_id, row.organisation_id, of_project(row, False)) for row in projects]


def of_sides(late: Collection[Late], person: int, organisation: int | None) -> tuple[Hold, ...]:
    """Those of the person and of the organisation."""
    return tuple(one.hold for one in late if one.person == person or one.organisation == organisation)


def of_proposal(row: Proposal, leading: bool = False) -> Hold:  # noqa: FBT001, FBT002 - reads as a column
    """A filed proposal as a hold."""
    return Hold("proposal", row.number, str(row.uid), row.pk, leading)


def of_project(row: Project, leading: bool) -> Hold:  # noqa: FBT001 - reads as a column
    """A running project as a hold."""
    return Hold("project", row.number, str(row.uid), row.proposal_id, leading, row.ends_on)
