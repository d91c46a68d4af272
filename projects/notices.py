"""What people are told when a proposal, contract or project moves: in their own language, once each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from directory.models import User
from projects.enums import ParticipantState
from workflows.machine import machine_of
from workflows.models import Message

if TYPE_CHECKING:
    from projects.models import Contract, Proposal


def tell_of(proposal: Proposal, name: str, *, note: str = "") -> None:
    """Tell applicant and team that the transition `name` happened, in the words of the machine's table.

    Nothing is sent where the table says nothing. The key holds the proposal's version: a transition is told once.
    """
    told = machine_of(proposal).transition(name).told
    if not told:
        return
    tell_each(
        audience(proposal),
        key=f"proposal:{proposal.pk}:{proposal.version}:{name}",
        title=lambda: f"{told}",
        body=lambda: "\n".join(line for line in (f"{proposal.number} {proposal.title}", note) if line.strip()),
        url=reverse("proposal", args=[proposal.uid]),
    )


def audience(proposal: Proposal) -> list[User]:
    """The accounts of the applicant and of the confirmed team, each once."""
    team = User.objects.filter(
        person__participations__proposal=proposal, person__participations__state=ParticipantState.CONFIRMED
    )
    lead = User.objects.filter(person=proposal.applicant_id)
    return list((team | lead).distinct().order_by("pk"))


def tell_each(users: Iterable[User], *, key: str, title: Any, body: Any, url: str) -> None:
    """Send one message to each user, its words made by `title()` and `body()` in the user's language."""
    for user in users:
        with translation.override(user.language or settings.LANGUAGE_CODE):
            Message.objects.get_or_create(
                key=f"{key}:{user.pk}",
                defaults={"to": user, "title": title()[:200], "body": body(), "url": url},
            )


CONTRACT_WORDS = {
    "begin": _("The contract is ready: complete goals and milestones and start signing."),
    "return": _("The contract was returned to you for correction."),
    "warn": _("The contract lapses soon: it must be signed by all before its date."),
    "lapse": _("The contract was not signed in time and has lapsed."),
    "signed": _("All have signed the contract: the project has begun."),
}


def tell_investigator(contract: Contract, event: str, *, note: str = "") -> None:
    """Tell the investigator what happened to the contract; `event` is a key of CONTRACT_WORDS."""
    project = contract.project
    tell_each(
        User.objects.filter(person=project.investigator_id),
        key=f"contract:{contract.pk}:{contract.version}:{event}",
        title=lambda: f"{CONTRACT_WORDS[event]}",
        body=lambda: "\n".join(line for line in (f"{project.number} {project.title}", note) if line.strip()),
        url=reverse("contract", args=[contract.uid]),
    )
