"""What people are told about acceptances: before they are due, when they are late or returned, the outcome."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.models import Acceptance, AcceptanceAppeal
from projects.queries.acceptance_review import opinion_for_others
from projects.queries.in_charge import officers_of
from workflows.actions.messages import tell

WORDS = {
    "warn": _("The acceptance of your project is due soon"),
    "overdue": _("The acceptance of a project is overdue"),
    "return": _("The acceptance of your project was returned for correction"),
    "rectify": _("Rectification is asked for before your project is accepted"),
    "approve": _("The acceptance of a project is decided"),
    "appeal": _("An appeal against the outcome of an acceptance was made"),
    "answered": _("An appeal against the outcome of an acceptance was answered"),
}
BARS = _("Until it is filed the organisation and the investigator may not lead a new project.")


def tell_warning(acceptance: Acceptance) -> None:
    """The investigator, before it is due."""
    _tell(_investigator(acceptance), acceptance, "warn")


def tell_overdue(acceptance: Acceptance) -> None:
    """The investigator, the host, and the officers of the department, with what follows."""
    users = [*_sides(acceptance), *officers_of(acceptance.project)]
    _tell(users, acceptance, "overdue", str(BARS))


def tell_returned(acceptance: Acceptance, *, note: str) -> None:
    """The investigator, with the reason."""
    _tell(_investigator(acceptance), acceptance, "return", note)


def tell_rectification(acceptance: Acceptance) -> None:
    """The investigator and the host, with what is to be put right."""
    _tell(_sides(acceptance), acceptance, "rectify", acceptance.reason or opinion_for_others(acceptance))


def tell_decided(acceptance: Acceptance) -> None:
    """The investigator and the host, with the outcome."""
    _tell(_sides(acceptance), acceptance, "approve", str(acceptance.get_outcome_display()))


def tell_appeal(appeal: AcceptanceAppeal) -> None:
    """The integrity officers, who answer it."""
    _tell(holders(Role.INTEGRITY_OFFICER), appeal.acceptance, "appeal", appeal.reason, url=appeal.get_absolute_url())


def tell_answered(appeal: AcceptanceAppeal) -> None:
    """The investigator, the host and the officers in charge, with the answer."""
    acceptance = appeal.acceptance
    users = [*_sides(acceptance), *officers_of(acceptance.project)]
    _tell(users, acceptance, "answered", appeal.answer, url=appeal.get_absolute_url())


def _investigator(acceptance: Acceptance) -> Iterable[User]:
    return User.objects.filter(person=acceptance.project.investigator_id)


def _sides(acceptance: Acceptance) -> list[User]:
    host = holders(Role.ORGANISATION_ADMIN, acceptance.project.organisation_id)
    return [*_investigator(acceptance), *host]


def _tell(users: Iterable[User], acceptance: Acceptance, event: str, note: str = "", url: str = "") -> None:
    project = acceptance.project
    lines = (f"{project.number} {project.title}", note)
    tell(
        to_users=list({user.pk: user for user in users}.values()),
        key=f"acceptance:{acceptance.pk}:{acceptance.version}:{event}",
        title=WORDS[event],
        body="\n".join(line for line in lines if line.strip()),
        url=url or acceptance.get_absolute_url(),
    )
