"""Letting members of the team act for the investigator, for a time; ended at once; changes of budgets prepared so."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import Person, User
from projects import rules as who
from projects.enums import ProjectState
from projects.models import Delegation, LedgerLine, PreparedAdjustment, Project
from projects.queries.delegations import behalf, candidates
from workflows.actions import journal
from workflows.actions.messages import tell
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused

ACTS = ("accounts", "reports", "adjustments")


@dataclass(frozen=True)
class Powers:
    """What somebody may do for the investigator, up to which day, and why."""

    last_day: dt.date
    reason: str
    accounts: bool = False
    reports: bool = False
    adjustments: bool = False


def delegate(*, project: Project, person: Person, powers: Powers, by: User) -> Delegation:
    """Let somebody of the team or of the host act for the investigator, in the place of what they had before.

    The person is told. NotAllowed for everybody but the investigator; Refused with everything that is wrong.
    """
    with unit():
        row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if not who.leads(row, by):
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        reasons = _faults(row, person, powers)
        if reasons:
            raise Refused(*reasons)
        Delegation.objects.filter(project=row, person=person, ended_at=None).update(ended_at=timezone.now())
        made = Delegation.objects.create(project=row, person=person, given_by=by, **vars(powers))
        data = {"project": row.pk, "person": person.pk, "last_day": made.last_day}
        acts = {name: getattr(made, name) for name in ACTS}
        journal.append(action="projects.delegation.give", subject=made, by=by, data=data | acts)
        _tell(made, "give", gettext_lazy("You may act for {investigator} on {project}"), "；".join(made.acts))
    return made


def end_delegation(*, delegation: Delegation, by: User) -> Delegation:
    """End it at once, by the investigator, or by the person who gives it back. Twice changes nothing more."""
    own = delegation.person.user_id == by.pk
    if not (own or who.leads(delegation.project, by)):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        if row.ended_at is None:
            row.ended_at = timezone.now()
            row.save(update_fields=["ended_at"])
            journal.append(action="projects.delegation.end", subject=row, by=by, data={"project": row.project_id})
            _tell(row, "end", gettext_lazy("You act no more for {investigator} on {project}"), "")
    delegation.refresh_from_db()
    return delegation


def prepare_adjustment(
    *, project: Project, changes: Mapping[int, Decimal], reason: str, by: User
) -> PreparedAdjustment:
    """Keep a change of the budget for the investigator, who looks at it and sends it; it replaces an earlier one.

    NotAllowed for others than who may prepare changes; Refused for nothing, and for lines of another budget.
    """
    with unit():
        row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        if not who.prepares_adjustments(row, by):
            raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
        _check_changes(row, changes)
        PreparedAdjustment.objects.filter(project=row).delete()
        made = PreparedAdjustment.objects.create(
            project=row, changes={str(key): str(value) for key, value in changes.items()}, reason=reason, prepared_by=by
        )
        data = {"project": row.pk, "changes": made.changes}
        on_behalf = behalf(row, by)
        journal.append(action="projects.adjustment.prepare", subject=row, by=by, on_behalf=on_behalf, data=data)
        title = gettext_lazy("{who} has prepared a change of the budget for you")
        tell(
            to_users=User.objects.filter(person=row.investigator_id),
            key=f"prepared:{uuid.uuid4()}",
            title=format_lazy(title, who=str(by)),
            body=f"{row.number} {row.title}",
            url=made.get_absolute_url(),
        )
    return made


def _check_changes(project: Project, changes: Mapping[int, Decimal]) -> None:
    if project.state != ProjectState.ACTIVE:
        raise Refused(Reason("not_active", _("The project is not under way."), _("Look at its contract.")))
    if not changes:
        raise Refused(Reason("nothing", _("No line changes."), _("Type what is to change.")))
    own = set(LedgerLine.objects.filter(project=project).values_list("pk", flat=True))
    if set(changes) - own:
        raise Refused(Reason("foreign_line", _("A line is not of this budget."), _("Open the page again.")))


def _faults(project: Project, person: Person, powers: Powers) -> list[Reason]:
    found = []
    if project.state != ProjectState.ACTIVE:
        found.append(Reason("not_active", _("The project is not under way."), _("Look at its contract.")))
    if not candidates(project).filter(pk=person.pk).exists():
        text = _("This person is neither in the team nor with the host, or has no account.")
        found.append(Reason("not_in_team", text, _("Name somebody of the team or of the host.")))
    if not (powers.accounts or powers.reports or powers.adjustments):
        found.append(Reason("no_acts", _("Nothing is ticked."), _("Tick what the person may do for you.")))
    if not timezone.localdate() <= powers.last_day <= project.ends_on:
        text = _("“Last day” lies in the past, or after the end of the project.")
        found.append(Reason("last_day", text, _("Choose a day up to %(day)s.") % {"day": project.ends_on}))
    if not powers.reason.strip():
        found.append(Reason("no_reason", _("A reason is required."), _("Say what it is for.")))
    return found


def _tell(delegation: Delegation, what: str, title: Any, body: str) -> None:
    project = delegation.project
    words = format_lazy(title, investigator=project.investigator.name, project=project.title)
    users = User.objects.filter(person=delegation.person_id)
    tell(
        to_users=users, key=f"delegation:{delegation.pk}:{what}", title=words, body=body, url=project.get_absolute_url()
    )
