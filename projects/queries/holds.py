"""What people have on hand: running projects and filed proposals that count against concurrent limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from projects.checks.context import Hold, Holds
from projects.conditions.call import ENDED
from projects.enums import ENDED_EARLY, CallKind, ParticipantRole, ParticipantState, ProjectState, ProposalState
from projects.models import Participant, Project, Proposal

COUNTED_PROPOSALS = tuple(
    state for state in ProposalState if state not in (*ENDED, ProposalState.DRAFT) or state == ProposalState.APPROVED
)
"""Filed and not ended; an approved one until its project begins."""
OPEN_PROJECTS = tuple(state for state in ProjectState if state not in ENDED_EARLY)
COUNTED_ROLES = (ParticipantRole.INVESTIGATOR, ParticipantRole.KEY_MEMBER)
"""Other members do not count (domain 2.1: their share of working time does)."""


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


def of_proposal(row: Proposal, leading: bool = False) -> Hold:  # noqa: FBT001, FBT002 - reads as a column
    """A filed proposal as a hold."""
    return Hold("proposal", row.number, str(row.uid), row.pk, leading)


def of_project(row: Project, leading: bool) -> Hold:  # noqa: FBT001 - reads as a column
    """A running project as a hold."""
    return Hold("project", row.number, str(row.uid), row.proposal_id, leading, row.ends_on)
