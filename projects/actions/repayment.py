"""Returning money at the end of a project: owed by its end, told by the host with a paper, confirmed by an officer."""

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
from projects.actions.own_funds import PAPERS
from projects.budget import in_wan
from projects.models import Project, Repayment
from projects.queries.repayments import still_owed
from workflows.actions import journal
from workflows.actions.files import receive_file
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused


@dataclass(frozen=True)
class Payback:
    """A transfer, in yuan. key -- of the form, so that pressing twice writes it down once."""

    amount: Decimal
    paid_on: dt.date
    voucher: str
    key: uuid.UUID


def tell_repayment(*, project: Project, payback: Payback, paper: File[Any], by: User) -> Repayment:
    """Write down that money was returned, with its paper; an officer confirms it.

    NotAllowed for others than the host's administrators; Refused for nothing, more than is owed, a day in the future.
    """
    if not who.returns_money(project, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        known: Repayment | None = Repayment.objects.filter(project=row, key=payback.key).first()
        if known is not None:
            return known
        _check(row, payback)
        made: Repayment = Repayment.objects.create(project=row, by=by, **vars(payback))
        receive_file(subject=made, purpose="paper", upload=paper, by=by, allowed=PAPERS)
        data = {"project": row.pk, "amount": str(made.amount), "paid_on": made.paid_on.isoformat()}
        journal.append(action="projects.repayment.tell", subject=made, by=by, data=data)
    return made


def _check(project: Project, payback: Payback) -> None:
    reasons, left = [], still_owed(project)
    if not 0 < payback.amount <= left:
        text = _("%(left)s 万元 are still to be returned.") % {"left": in_wan(left)}
        reasons.append(Reason("field:amount", text, _("Type at most that.")))
    if payback.paid_on > timezone.localdate():
        mend = _("Type the day on which it happened.")
        reasons.append(Reason("field:paid_on", _("The day lies in the future."), mend))
    if reasons:
        raise Refused(*reasons)


def confirm_repayment(*, repayment: Repayment, by: User, note: str = "") -> Repayment:
    """The department has the money."""
    with perform(repayment, "confirm", by=by, note=note):
        pass
    return repayment


def reject_repayment(*, repayment: Repayment, by: User, note: str = "") -> Repayment:
    """The money did not come: it is owed again, for the reason in the note."""
    with perform(repayment, "reject", by=by, note=note):
        pass
    return repayment
