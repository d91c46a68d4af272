"""What people are told about changes of a budget: who must decide, who must know, and the investigator."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.models import Adjustment
from projects.queries.deciding_adjustments import deciders
from projects.queries.in_charge import officers_of
from workflows.actions.messages import tell

WORDS = {
    "recorded": _("A change of a budget was recorded at once"),
    "ask": _("A change of a budget waits for your decision"),
    "warn": _("A change of a budget still waits for your decision"),
    "escalate": _("A change of a budget was not decided in time"),
    "apply": _("The change of your budget is approved and applied"),
    "reject": _("The change of your budget was rejected"),
}


def tell_recorded(adjustment: Adjustment) -> None:
    """The host's administrators know of what its investigator did within the own authority."""
    _tell(holders(Role.ORGANISATION_ADMIN, adjustment.project.organisation_id), adjustment, "recorded")


def tell_deciders(adjustment: Adjustment, event: str) -> None:
    """Who has to decide now; `event` is "ask" or "warn"."""
    _tell(deciders(adjustment), adjustment, event)


def tell_escalated(adjustment: Adjustment) -> None:
    """Who was late, the investigator, and the department above them."""
    late = {user.pk: user for user in [*deciders(adjustment), *_investigator(adjustment)]}
    _tell([*late.values(), *officers_of(adjustment.project)], adjustment, "escalate")


def tell_decided(adjustment: Adjustment, event: str, *, note: str = "") -> None:
    """The investigator; `event` is "apply" or "reject"."""
    _tell(_investigator(adjustment), adjustment, event, note)


def _investigator(adjustment: Adjustment) -> Iterable[User]:
    return User.objects.filter(person=adjustment.project.investigator_id)


def _tell(users: Iterable[User], adjustment: Adjustment, event: str, note: str = "") -> None:
    project = adjustment.project
    lines = (f"{project.number} {project.title}", adjustment.because, note)
    tell(
        to_users=users,
        key=f"adjustment:{adjustment.pk}:{adjustment.version}:{event}",
        title=WORDS[event],
        body="\n".join(line for line in lines if line.strip()),
        url=adjustment.get_absolute_url(),
    )
