"""Own money (自筹经费) that arrived, written down with the paper that proves it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from projects import rules as who
from projects.enums import FundsSource, ProjectState
from projects.models import OwnFunds, Project
from projects.queries.delegations import behalf
from workflows.actions import journal
from workflows.actions.files import receive_file
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused

PAPERS = ("pdf", "png", "jpg", "jpeg")


@dataclass(frozen=True)
class Arrival:
    """Own money that arrived, in yuan. key -- of the form, so that pressing twice writes it down once."""

    amount: Decimal
    arrived_on: dt.date
    source: FundsSource
    key: uuid.UUID


def record_own_funds(*, project: Project, arrival: Arrival, paper: File[Any], by: User) -> OwnFunds:
    """Write down own money that arrived, with its paper.

    NotAllowed for others than the investigator and the host's administrators; Refused for a project that does not
    run, an amount of nothing, a day in the future, and what the gate says about the paper.
    """
    _may(project, by)
    with unit():
        row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        known: OwnFunds | None = OwnFunds.objects.filter(project=row, key=arrival.key).first()
        if known is not None:
            return known
        _check(row, arrival)
        made = OwnFunds.objects.create(
            project=row,
            key=arrival.key,
            amount=arrival.amount,
            arrived_on=arrival.arrived_on,
            source=arrival.source,
            by=by,
        )
        receive_file(subject=made, purpose="paper", upload=paper, by=by, allowed=PAPERS)
        data = {"project": row.pk, "amount": str(made.amount), "arrived_on": made.arrived_on.isoformat()}
        on_behalf = behalf(project, by)
        journal.append(action="projects.own_funds.record", subject=made, by=by, on_behalf=on_behalf, data=data)
    return made


def strike_own_funds(*, own: OwnFunds, by: User, why: str) -> OwnFunds:
    """Strike out what was written down wrongly: it stays to be read and counts no more. Twice changes nothing more."""
    _may(own.project, by)
    if not why.strip():
        raise Refused(Reason("note_required", _("A reason is required."), _("Say what was wrong.")))
    with unit():
        row = OwnFunds.objects.select_for_update(of=("self",)).get(pk=own.pk)
        if row.struck_at is None:
            row.struck_at, row.struck_why = timezone.now(), why.strip()[:200]
            row.save(update_fields=["struck_at", "struck_why"])
            data = {"project": row.project_id, "amount": str(row.amount)}
            journal.append(
                action="projects.own_funds.strike", subject=row, by=by, on_behalf=behalf(row.project, by), data=data
            )
    own.refresh_from_db()
    return own


def _may(project: Project, by: User) -> None:
    if not who.keeps_accounts(project, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))


def _check(project: Project, arrival: Arrival) -> None:
    reasons = []
    if project.state != ProjectState.ACTIVE:
        reasons.append(Reason("not_active", _("The project is not under way."), _("Look at its contract.")))
    if arrival.amount <= 0:
        reasons.append(Reason("nothing", _("The amount is nothing."), _("Type what arrived.")))
    if arrival.arrived_on > timezone.localdate():
        text = _("The day lies in the future.")
        reasons.append(Reason("in_future", text, _("Type the day on which it happened.")))
    if reasons:
        raise Refused(*reasons)
