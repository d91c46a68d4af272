"""Appeals (申诉) against the outcome of an acceptance: made once, in time; answered by who had no hand in it."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from directory.queries.calendar import end_of_working_day
from projects import rules as who
from projects.definitions.acceptance import acceptance_rules
from projects.enums import AcceptanceState
from projects.models import Acceptance, AcceptanceAppeal
from projects.notices_of_acceptance import tell_answered, tell_appeal
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused


def make_appeal(*, acceptance: Acceptance, reason: str, by: User) -> AcceptanceAppeal:
    """Appeal against a decided outcome. NotAllowed for others than investigator and host.

    Refused without a reason, once the public notice is over, and a second time.
    """
    if not who.may_appeal(acceptance, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        row = Acceptance.objects.select_for_update(of=("self",)).get(pk=acceptance.pk)
        _check(row, reason)
        made: AcceptanceAppeal = AcceptanceAppeal.objects.create(
            acceptance=row,
            outcome=row.outcome,
            reason=reason.strip(),
            made_by=by,
            due_at=end_of_working_day(timezone.now(), acceptance_rules().answer_working_days),
        )
        data = {"acceptance": row.pk, "outcome": row.outcome, "reason": digest(made.reason)}
        journal.append(action="projects.appeal.make", subject=made, by=by, data=data)
        tell_appeal(made)
    return made


def _check(acceptance: Acceptance, reason: str) -> None:
    found = []
    if not reason.strip():
        found.append(Reason("field:reason", _("A reason is required."), _("Write what is wrong with the outcome.")))
    if AcceptanceAppeal.objects.filter(acceptance=acceptance).exists():
        found.append(Reason("once", _("There was an appeal already."), _("Look at its record.")))
    elif not can_be_appealed(acceptance):
        found.append(Reason("notice_over", _("The notice is over."), _("Talk to the department.")))
    if found:
        raise Refused(*found)


def can_be_appealed(acceptance: Acceptance) -> bool:
    """Whether the outcome is on public notice now."""
    until = acceptance.appeal_until
    return acceptance.state == AcceptanceState.DECIDED and until is not None and until > timezone.now()


def uphold_appeal(*, appeal: AcceptanceAppeal, by: User, note: str = "") -> AcceptanceAppeal:
    """The outcome stands, for the reason in the note."""
    with perform(appeal, "uphold", by=by, note=note) as row:
        row.answer, row.answered_by_id, row.answered_at = note.strip(), by.pk, timezone.now()
        tell_answered(row)
    return appeal


def grant_appeal(*, appeal: AcceptanceAppeal, by: User, note: str = "") -> AcceptanceAppeal:
    """Project and acceptance are open again: an officer proposes anew, another person decides."""
    with unit():
        acceptance = Acceptance.objects.select_related("project").get(pk=appeal.acceptance_id)
        with perform(appeal, "grant", by=by, note=note) as row:
            row.answer, row.answered_by_id, row.answered_at = note.strip(), by.pk, timezone.now()
        with perform(acceptance.project, "reopen", by=SYSTEM, note=note) as project:
            project.to_return = Decimal(0)
        with perform(acceptance, "reopen", by=SYSTEM, note=note) as again:
            again.outcome, again.reason, again.proposed_by, again.surplus = "", "", None, Decimal(0)
            again.decided_by, again.decided_at, again.appeal_until = None, None, None
        tell_answered(appeal)
    return appeal
