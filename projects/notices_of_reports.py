"""What people are told about reports: before they are due, when they are late, when they are decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.models import Report
from projects.queries.in_charge import officers_of
from projects.queries.reports import consequences
from workflows.actions.messages import tell

WORDS = {
    "warn": _("A report on your project is due soon"),
    "overdue": _("A report on a project is overdue"),
    "accept": _("The report on your project is accepted"),
    "return": _("The report on your project was returned for correction"),
}


def tell_warning(report: Report) -> None:
    """The investigator, before it is due."""
    _tell(_investigator(report), report, "warn")


def tell_overdue(report: Report) -> None:
    """The investigator, the host, and the officers of the department, with what follows."""
    host = holders(Role.ORGANISATION_ADMIN, report.project.organisation_id)
    users = {user.pk: user for user in [*_investigator(report), *host, *officers_of(report.project)]}
    _tell(users.values(), report, "overdue", "; ".join(consequences()))


def tell_decided(report: Report, event: str, *, note: str = "") -> None:
    """The investigator; `event` is "accept" or "return"."""
    _tell(_investigator(report), report, event, note)


def _investigator(report: Report) -> Iterable[User]:
    return User.objects.filter(person=report.project.investigator_id)


def _tell(users: Iterable[User], report: Report, event: str, note: str = "") -> None:
    project = report.project
    lines = (f"{project.number} {project.title}", f"{report.get_kind_display()} {report.year}", note)
    tell(
        to_users=users,
        key=f"report:{report.pk}:{report.version}:{event}",
        title=WORDS[event],
        body="\n".join(line for line in lines if line.strip()),
        url=report.get_absolute_url(),
    )
