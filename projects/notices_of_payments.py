"""What people are told about payments and milestones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.budget import in_wan
from projects.models import Instalment, Milestone
from workflows.actions.messages import tell

WORDS = {
    "paid": _("An instalment was paid: confirm when it has arrived"),
    "arrived": _("An instalment has arrived"),
    "reach": _("A milestone is confirmed"),
    "send_back": _("A milestone was sent back to you"),
}


def tell_paid(instalment: Instalment) -> None:
    """The host's administrators, who confirm the arrival."""
    _tell(holders(Role.ORGANISATION_ADMIN, instalment.project.organisation_id), instalment, "paid", _sum(instalment))


def tell_arrived(instalment: Instalment) -> None:
    """The investigator."""
    _tell(_investigator(instalment), instalment, "arrived", _sum(instalment))


def tell_milestone(milestone: Milestone, event: str, *, note: str = "") -> None:
    """The investigator; `event` is "reach" or "send_back"."""
    _tell(_investigator(milestone), milestone, event, note)


def _sum(instalment: Instalment) -> str:
    return f"{in_wan(instalment.amount)} 万元"


def _investigator(record: Any) -> Iterable[User]:
    return User.objects.filter(person=record.project.investigator_id)


def _tell(users: Iterable[User], record: Instalment | Milestone, event: str, note: str) -> None:
    project = record.project
    tell(
        to_users=users,
        key=f"{record._meta.model_name}:{record.pk}:{record.version}:{event}",
        title=WORDS[event],
        body="\n".join(line for line in (f"{project.number} {project.title}", note) if line.strip()),
        url=record.get_absolute_url(),
    )
