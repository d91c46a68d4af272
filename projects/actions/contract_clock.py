"""The clock of the next signatory, by the rule rows that the project keeps; more time, once, by an officer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from directory.queries.calendar import end_of_working_day
from projects import notices_of_contracts as notices
from projects import rules as who
from projects.models import Contract, Supplement
from projects.queries.kept_rules import contract_rules_of
from projects.queries.signatures import INVESTIGATOR, UNSIGNED, Paper, open_route, present_step
from workflows.actions import journal
from workflows.actions.deadlines import meet_deadline, set_deadline
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.deadlines import DeadlineKind, register
from workflows.errors import NotAllowed, Reason, Refused
from workflows.models import Deadline

KINDS = {"contract": "projects.contract.signature", "supplement": "projects.supplement.signature"}


def start_turn(paper: Paper) -> None:
    """Start the clock of whoever signs next and tell them; stop it when nobody does. Never beyond `sign_by`."""
    route = open_route(paper)
    step = present_step(route) if route else None
    if step is None:
        meet_deadline(subject=paper, kind=KINDS[paper.signing], by=SYSTEM)
        return
    row, now = contract_rules_of(paper.project).signing_of(step.role), timezone.now()
    step.due_at = _within(paper, end_of_working_day(now, row.working_days))
    step.save(update_fields=["due_at"])
    warn_at = end_of_working_day(now, row.warn_after)
    set_deadline(
        subject=paper,
        kind=KINDS[paper.signing],
        due_at=step.due_at,
        warn_at=warn_at if warn_at < step.due_at else None,
        by=SYSTEM,
    )
    if step.role != INVESTIGATOR:
        notices.tell_signers(paper, "turn")


def give_more_time(*, contract: Contract, working_days: int, reason: str, by: User) -> Contract:
    """Move the end of signing by working days, once, for a reason that everybody who signs reads.

    NotAllowed for others than programme officers; Refused when it is signed or has lapsed, the time is over or was
    moved before, for more days than the rules allow, and without a reason.
    """
    if not who.is_officer(contract, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Contract.objects.select_for_update(of=("self",)).select_related("project").get(pk=contract.pk)
        _check(row, working_days, reason)
        assert row.sign_by is not None  # noqa: S101 - checked
        row.sign_by_first, row.sign_by = row.sign_by, end_of_working_day(_last_moment(row.sign_by), working_days)
        row.more_time_reason = reason.strip()
        row.version += 1
        row.save()
        data = {"from": row.sign_by_first, "to": row.sign_by, "working_days": working_days}
        journal.append(action="projects.contract.more_time", subject=row, by=by, data=data)
        notices.tell_more_time(row)
        start_turn(row)
    contract.refresh_from_db()
    return contract


def stop(paper: Paper) -> None:
    """Nobody signs any more."""
    meet_deadline(subject=paper, kind=KINDS[paper.signing], by=SYSTEM)


def _last_moment(end: dt.datetime) -> dt.datetime:
    """The last moment before an end at midnight: working days are counted from the day that it belongs to."""
    return end - dt.timedelta(seconds=1)


def _within(paper: Paper, due_at: dt.datetime) -> dt.datetime:
    """An instant cut to the time of the whole contract while that runs."""
    end = paper.sign_by if isinstance(paper, Contract) else None
    return min(due_at, end) if end is not None and end > timezone.now() else due_at


def _check(contract: Contract, working_days: int, reason: str) -> None:
    found = []
    most = contract_rules_of(contract.project).more_time.working_days
    if contract.state not in UNSIGNED or contract.sign_by is None or contract.sign_by <= timezone.now():
        found.append(Reason("over", _("This contract does not wait for signatures in time."), _("Look at its record.")))
    elif contract.sign_by_first is not None:
        found.append(Reason("once", _("More time was given already."), _("It can be given once only.")))
    if not 1 <= working_days <= most:
        text = _("At most %(most)d working days can be given.") % {"most": most}
        found.append(Reason("too_long", text, _("Give fewer.")))
    if not reason.strip():
        found.append(Reason("no_reason", _("A reason is required."), _("Write it: all who sign read it.")))
    if found:
        raise Refused(*found)


def register_clock() -> None:
    """Called once when the room is ready."""
    for kind in KINDS.values():
        register(DeadlineKind(kind, on_warn=_warn, on_expire=_expire))


def _warn(deadline: Deadline) -> None:
    notices.tell_signers(_paper(deadline), "warn")


def _expire(deadline: Deadline) -> None:
    """Who is late, the investigator and the officers know; what follows is the end of the whole contract."""
    notices.tell_late(_paper(deadline))


def _paper(deadline: Deadline) -> Paper:
    rows: Any = Contract if deadline.kind == KINDS["contract"] else Supplement
    found: Paper = rows.objects.select_related("project__organisation").get(pk=deadline.subject_id)
    return found
