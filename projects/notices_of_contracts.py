"""What those who sign a contract are told: their turn, that time runs out, that they are late, that there is more."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.models import Contract
from projects.notices import audience
from projects.queries.signatures import next_signers
from workflows.actions.messages import tell

WORDS = {
    "turn": _("A contract waits for your signature"),
    "warn": _("A contract still waits for your signature"),
    "late": _("A contract was not signed in time by whose turn it is"),
    "lapse": _("The contract was not signed in time and has lapsed: the project is given up."),
}


def tell_signers(contract: Contract, event: str) -> None:
    """Whose turn it is; `event` is "turn" or "warn"."""
    _tell(next_signers(contract), contract, event)


def tell_late(contract: Contract) -> None:
    """Whose turn it is, the investigator, and the programme officers."""
    _tell([*next_signers(contract), *_investigator(contract), *holders(Role.PROGRAMME_OFFICER)], contract, "late")


def tell_lapsed(contract: Contract) -> None:
    """Applicant and team of the proposal, the administrators of the host, and the programme officers."""
    host = holders(Role.ORGANISATION_ADMIN, contract.project.organisation_id)
    people = [*audience(contract.project.proposal), *host, *holders(Role.PROGRAMME_OFFICER)]
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


def _investigator(contract: Contract) -> Iterable[User]:
    return User.objects.filter(person=contract.project.investigator_id)


def _tell(users: Iterable[User], contract: Contract, event: str) -> None:
    project = contract.project
    tell(
        to_users=users,
        key=f"contract:{contract.pk}:{contract.version}:{event}",
        title=WORDS[event],
        body=f"{project.number} {project.title}",
        url=contract.get_absolute_url(),
    )
