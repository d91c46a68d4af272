"""What people are told about changes of projects: who must decide, who must know, and who asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.models import ProjectChange
from projects.queries.change_words import in_words
from projects.queries.deciding_changes import deciders
from projects.queries.in_charge import officers_of
from workflows.actions.messages import tell

WORDS = {
    "record": _("A change of a project was recorded by notice"),
    "ask": _("A change of a project waits for your decision"),
    "warn": _("A change of a project still waits for your decision"),
    "escalate": _("A change of a project was not decided in time"),
    "apply": _("A change of a project is approved and in force"),
    "reject": _("A change of a project was rejected"),
}


def tell_deciders(change: ProjectChange, event: str) -> None:
    """Who has to decide now; `event` is "ask" or "warn"."""
    _tell(deciders(change), change, event)


def tell_escalated(change: ProjectChange) -> None:
    """Who was late, who asked, and the programme officers."""
    _tell([*deciders(change), change.asked_by, *officers_of(change.project)], change, "escalate")


def tell_in_force(change: ProjectChange, event: str) -> None:
    """Everybody whom it binds: who asked, the investigator, the host as they are now, and the programme officers."""
    project = change.project
    project.refresh_from_db()
    people = [*_of_the_project(change), change.asked_by, *holders(Role.ORGANISATION_ADMIN, project.organisation_id)]
    _tell([*people, *officers_of(change.project)], change, event)


def tell_rejected(change: ProjectChange, *, note: str) -> None:
    """Who asked, and the investigator."""
    _tell([change.asked_by, *_of_the_project(change)], change, "reject", note)


def _of_the_project(change: ProjectChange) -> Iterable[User]:
    return User.objects.filter(person=change.project.investigator_id)


def _tell(users: Iterable[User], change: ProjectChange, event: str, note: str = "") -> None:
    project = change.project
    lines = (f"{project.number} {project.title}", in_words(change.rows), note)
    tell(
        to_users=users,
        key=f"change:{change.pk}:{change.version}:{event}",
        title=WORDS[event],
        body="\n".join(line for line in lines if line.strip()),
        url=change.get_absolute_url(),
    )
