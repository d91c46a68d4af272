"""What those who sign a contract are told: their turn, that time runs out, that they are late, that there is more."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.models import Contract, Supplement
from projects.notices import audience
from projects.queries.in_charge import officers_of
from projects.queries.signatures import Paper, next_signers, open_route, present_step
from workflows.actions.messages import tell

WORDS = {
    "turn": _("A contract waits for your signature"),
    "warn": _("A contract still waits for your signature"),
    "late": _("A contract was not signed in time by whose turn it is"),
    "signed": _("All have signed the supplementary contract"),
    "lapse": _("The contract was not signed in time and has lapsed: the project is given up."),
}


def tell_signers(paper: Paper, event: str) -> None:
    """Whose turn it is; `event` is "turn" or "warn"."""
    _tell(next_signers(paper), paper, event)


def tell_late(paper: Paper) -> None:
    """Whose turn it is, the investigator, and the programme officers."""
    route = open_route(paper)
    step = present_step(route) if route else None
    people = [*next_signers(paper), *_investigator(paper), *officers_of(paper.project)]
    _tell(people, paper, "late", place=f":{step.order}" if step else "")


def tell_supplement_signed(supplement: Supplement) -> None:
    """The investigator and the administrators of the host."""
    host = holders(Role.ORGANISATION_ADMIN, supplement.project.organisation_id)
    _tell([*_investigator(supplement), *host], supplement, "signed")


def tell_lapsed(contract: Contract) -> None:
    """Applicant and team of the proposal, the administrators of the host, and the programme officers."""
    host = holders(Role.ORGANISATION_ADMIN, contract.project.organisation_id)
    people = [*audience(contract.project.proposal), *host, *officers_of(contract.project)]
    _tell(people, contract, "lapse")


def tell_more_time(contract: Contract) -> None:
    """The investigator, the administrators of the host, and whose turn it is: until when, and why."""
    project = contract.project
    host = holders(Role.ORGANISATION_ADMIN, project.organisation_id)
    assert contract.sign_by is not None  # noqa: S101 - more time was just given
    until = f"{timezone.localtime(contract.sign_by):%Y-%m-%d %H:%M}"
    tell(
        to_users=[*_investigator(contract), *host, *next_signers(contract)],
        key=f"contract:{contract.pk}:{contract.version}:more",
        title=format_lazy(_("More time to sign the contract, until {until}"), until=until),
        body=f"{project.number} {project.title}\n{contract.more_time_reason}",
        url=contract.get_absolute_url(),
    )


def _investigator(paper: Paper) -> Iterable[User]:
    return User.objects.filter(person=paper.project.investigator_id)


def _tell(users: Iterable[User], paper: Paper, event: str, place: str = "") -> None:
    project = paper.project
    tell(
        to_users=users,
        key=f"{paper.signing}:{paper.pk}:{paper.version}:{event}{place}",
        title=WORDS[event],
        body=f"{project.number} {project.title}",
        url=paper.get_absolute_url(),
    )
