"""Fees: a standard is followed by another, a sheet made by one officer and confirmed by another who changed nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from experts import fees
from experts.enums import FeeGrade, FeeState, RoundState
from experts.models import ExpertProfile, FeeLine, FeeSheet, FeeStandard, PayeeAccount, ReviewRound
from experts.queries.fees import standard_now, tasks_of
from experts.rules import is_officer, is_owner
from workflows.actions import journal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.digest import digest
from workflows.errors import NotAllowed, Reason, Refused


def add_standard(*, values: Mapping[str, Any], by: Actor) -> FeeStandard:
    """A standard that follows the others from its day on; see `FeeStandard` for the values. Raises Refused."""
    _officers_only(by)
    try:
        with unit():
            found: FeeStandard = FeeStandard.objects.create(**values)
            journal.append(action="experts.fees.standard", subject=found, by=by, data=dict(values))
    except IntegrityError as error:
        told = _("These figures do not fit together, or a standard begins on that day already.")
        raise Refused(Reason("standard", told, _("Look at the day, the rates and the shares."))) from error
    return found


def make_fee_sheet(*, review_round: ReviewRound, by: Actor) -> FeeSheet:
    """The sheet of a ranked or closed round under the standard of today; the one that is there stays.

    Raises NotAllowed; Refused while the round is not ranked, and when no standard is in force.
    """
    _officers_only(by)
    with unit():
        row = ReviewRound.objects.select_for_update(of=("self",)).get(pk=review_round.pk)
        known: FeeSheet | None = FeeSheet.objects.filter(round=row).first()
        if known is not None:
            return known
        if row.state not in (RoundState.RANKED, RoundState.CLOSED):
            raise Refused(Reason("not_ranked", _("The round is not ranked yet."), _("Rank it first.")))
        standard = standard_now()
        if standard is None:
            raise Refused(Reason("no_standard", _("No fee standard is in force."), _("Enter one first.")))
        found: FeeSheet = FeeSheet.objects.create(round=row, standard=standard, made_by_id=by.pk)
        lines = FeeLine.objects.bulk_create(_line(found, expert, tasks) for expert, tasks in tasks_of(row))
        facts = {"standard": standard.pk, "lines": len(lines), "amounts": digest([str(one.amount) for one in lines])}
        journal.append(action="experts.fees.make", subject=found, by=by, data=facts)
    return found


def _line(sheet: FeeSheet, expert: ExpertProfile, tasks: int) -> FeeLine:
    grade = fees.grade_of(sheet.standard, expert.person.title)
    amount = fees.amount(sheet.standard, grade, tasks=tasks)
    return FeeLine(sheet=sheet, expert=expert, grade=grade, tasks=tasks, amount=amount)


def edit_fee_line(*, line: FeeLine, grade: str, days: int, half_days: int, by: Actor, note: str = "") -> FeeLine:
    """Change the grade and the days at meetings of a draft; the amount is computed.

    Who did so does not confirm the sheet. Raises NotAllowed, Refused.
    """
    _officers_only(by)
    if grade not in FeeGrade.values or min(days, half_days) < 0:
        raise Refused(Reason("fee_line", _("The grade or the days are not valid."), _("Choose and type them again.")))
    with unit():
        sheet = FeeSheet.objects.select_for_update(of=("self",)).select_related("standard").get(pk=line.sheet_id)
        if sheet.state != FeeState.DRAFT:
            raise Refused(Reason("fee_confirmed", _("The sheet is confirmed."), _("Reopen it first.")))
        row: FeeLine = FeeLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
        row.grade, row.days, row.half_days, row.note = grade, days, half_days, note.strip()[:200]
        row.amount = fees.amount(sheet.standard, grade, tasks=row.tasks, days=days, half_days=half_days)
        row.save()
        row.editors.add(by.pk)
        facts = {"expert": row.expert_id, "grade": grade, "days": days, "half_days": half_days, "amount": row.amount}
        journal.append(action="experts.fees.edit", subject=sheet, by=by, data=facts)
    return row


def confirm_fee_sheet(*, fee_sheet: FeeSheet, by: Actor, note: str = "") -> FeeSheet:
    """Confirm the sheet; another officer than who made it or changed a line of it."""
    amounts = [str(one) for one in fee_sheet.lines.values_list("amount", flat=True)]
    with perform(fee_sheet, "confirm", by=by, note=note, data={"amounts": digest(amounts)}) as row:
        row.confirmed_by_id, row.confirmed_at = by.pk, timezone.now()
    return fee_sheet


def reopen_fee_sheet(*, fee_sheet: FeeSheet, by: Actor, note: str) -> FeeSheet:
    """Take the confirmation back, with a reason."""
    with perform(fee_sheet, "reopen", by=by, note=note) as row:
        row.confirmed_by_id = row.confirmed_at = None
    return fee_sheet


def write_account(*, expert: ExpertProfile, bank: str, number: str, by: Actor) -> PayeeAccount:
    """The expert writes where fees are paid; the journal holds no digit of it."""
    if not is_owner(expert, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
    with unit():
        found: PayeeAccount
        found, _fresh = PayeeAccount.objects.update_or_create(expert=expert, defaults={"bank": bank, "number": number})
        journal.append(action="experts.fees.account", subject=found, by=by)
    return found


def _officers_only(by: Actor) -> None:
    if not is_officer(None, by):
        raise NotAllowed(Reason("not_allowed", _("You may not do this.")))
