"""What people are told when a proposal, contract or project moves: in their own language, once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import User
from projects.enums import ParticipantState
from workflows.actions.messages import tell
from workflows.machine import machine_of

if TYPE_CHECKING:
    from projects.models import Contract, Proposal

CONTRACT_WORDS = {
    "begin": _("The contract is ready: complete goals and milestones and start signing."),
    "return": _("The contract was returned to you for correction."),
    "signed": _("All have signed the contract: the project has begun."),
}


def tell_of(proposal: Proposal, name: str, *, note: str = "") -> None:
    """Tell applicant and team that the transition `name` happened, in the words of the machine's table.

    Nothing is sent where the table says nothing. The key holds the proposal's version: a transition is told once.
    """
    told = machine_of(proposal).transition(name).told
    if not told:
        return
    tell(
        to_users=audience(proposal),
        key=f"proposal:{proposal.pk}:{proposal.version}:{name}",
        title=told,
        body=_lines(f"{proposal.number} {proposal.title}", note),
        url=reverse("proposal", args=[proposal.uid]),
    )


def audience(proposal: Proposal) -> list[User]:
    """The accounts of the applicant and of the confirmed team, each once."""
    team = User.objects.filter(
        person__participations__proposal=proposal, person__participations__state=ParticipantState.CONFIRMED
    )
    lead = User.objects.filter(person=proposal.applicant_id)
    return list((team | lead).distinct().order_by("pk"))


def writers(proposal: Proposal) -> list[User]:
    """The accounts of the applicant and of those of the confirmed team who may write, each once."""
    team = User.objects.filter(
        person__participations__proposal=proposal,
        person__participations__state=ParticipantState.CONFIRMED,
        person__participations__may_edit=True,
    )
    lead = User.objects.filter(person=proposal.applicant_id)
    return list((team | lead).distinct().order_by("pk"))


def tell_investigator(contract: Contract, event: str, *, note: str = "") -> None:
    """Tell the investigator what happened to the contract; `event` is a key of CONTRACT_WORDS."""
    project = contract.project
    tell(
        to_users=User.objects.filter(person=project.investigator_id),
        key=f"contract:{contract.pk}:{contract.version}:{event}",
        title=CONTRACT_WORDS[event],
        body=_lines(f"{project.number} {project.title}", note),
        url=reverse("contract", args=[contract.uid]),
    )


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line.strip())
