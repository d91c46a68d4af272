"""What `visible_to` of projects rests on."""

from __future__ import annotations

from projects.enums import ProposalState
from projects.models import Proposal
from projects.querysets import WITH_DEPARTMENT
from workflows.machine import machine_of


def test_no_proposal_that_became_a_project_leaves_the_sight_of_the_department() -> None:
    machine = machine_of(Proposal)
    reached, ahead = set(), {str(ProposalState.APPROVED)}
    while ahead:
        state = ahead.pop()
        reached.add(state)
        ahead |= {str(row.target) for row in machine.leaving(state)} - reached
    assert reached - {str(state) for state in WITH_DEPARTMENT} == set()
