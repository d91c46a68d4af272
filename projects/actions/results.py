"""Writing down what came out of a project."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from projects import rules as who
from projects.enums import ProjectState, ResultKind
from projects.models import Project, Result
from projects.numbers import issn_of
from projects.queries.delegations import behalf
from projects.queries.results import against_name, against_term, number_of, wrong_number
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.errors import NotAllowed, Reason, Refused


@dataclass(frozen=True)
class Typed:
    """A result as it is typed; what does not belong to its kind is left out."""

    kind: ResultKind
    title: str
    dated_on: dt.date
    acknowledgement: str
    number: str = ""
    issn: str = ""
    count: int = 1
    amount: Decimal | None = None


def record_result(*, project: Project, result: Typed, by: User) -> Result:
    """Write down a result; the same kind and number a second time gives the one that is there.

    NotAllowed for others than the investigator and the host's administrators; Refused for a project that does not run,
    a number that is none, a day outside of the term, words that do not name the project, a contract without amount.
    """
    _may(project, by)
    with unit():
        row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        number = number_of(result.kind, result.number)
        _check(row, result, number)
        known: Result | None = None
        if number:
            known = Result.objects.filter(project=row, kind=result.kind, number=number, struck_at=None).first()
        if known is not None:
            return known
        made = Result.objects.create(project=row, by=by, **_fields(result, number))
        data = {"project": row.pk, "kind": made.kind, "number": made.number}
        on_behalf = behalf(project, by)
        journal.append(action="projects.result.record", subject=made, by=by, on_behalf=on_behalf, data=data)
    return made


def strike_result(*, result: Result, by: User, why: str) -> Result:
    """Strike out what was written down wrongly. Twice changes nothing more."""
    _may(result.project, by)
    if not why.strip():
        raise Refused(Reason("note_required", _("A reason is required."), _("Say what was wrong.")))
    with unit():
        row = Result.objects.select_for_update(of=("self",)).get(pk=result.pk)
        if row.struck_at is None:
            row.struck_at, row.struck_why = timezone.now(), why.strip()[:200]
            row.save(update_fields=["struck_at", "struck_why"])
            data = {"project": row.project_id, "kind": row.kind, "number": row.number}
            on_behalf = behalf(row.project, by)
            journal.append(action="projects.result.strike", subject=row, by=by, on_behalf=on_behalf, data=data)
    result.refresh_from_db()
    return result


def _fields(result: Typed, number: str) -> dict[str, object]:
    contract, people = result.kind == ResultKind.CONTRACT, result.kind == ResultKind.PEOPLE
    return {
        "kind": result.kind,
        "title": result.title.strip(),
        "number": number,
        "issn": issn_of(result.issn) if result.kind == ResultKind.PAPER else "",
        "dated_on": result.dated_on,
        "acknowledgement": result.acknowledgement.strip(),
        "count": result.count if people else 1,
        "amount": result.amount if contract else None,
    }


def _check(project: Project, result: Typed, number: str) -> None:
    reasons = []
    if project.state != ProjectState.ACTIVE:
        reasons.append(Reason("not_active", _("The project is not under way."), _("Look at its contract.")))
    if not number and result.kind != ResultKind.PEOPLE:
        reasons.append(wrong_number(result.kind))
    if result.kind == ResultKind.PAPER and result.issn.strip() and not issn_of(result.issn):
        text = _("This is no ISSN, or its check digit does not fit.")
        reasons.append(Reason("issn", text, _("Write it like 0378-5955, or leave it empty.")))
    if result.kind == ResultKind.CONTRACT and not (result.amount and result.amount > 0):
        reasons.append(Reason("amount", _("The amount of the contract is missing."), _("Type it.")))
    reasons += against_term(project, result.dated_on)
    reasons += against_name(project, result.acknowledgement)
    if reasons:
        raise Refused(*reasons)


def _may(project: Project, by: User) -> None:
    if not who.keeps_accounts(project, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
