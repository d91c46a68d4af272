"""Paying instalments, confirming that they arrived, and milestones on the way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import User
from projects.actions.payment_plan import lock_money
from projects.budget import in_wan
from projects.models import Instalment, Milestone
from projects.notices_of_payments import tell_arrived, tell_milestone, tell_paid
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.errors import Reason, Refused


def pay_instalment(*, instalment: Instalment, amount: Decimal, paid_on: dt.date, voucher: str, by: User) -> Instalment:
    """Record that the department has paid an instalment: the day and the number of the payment.

    amount -- what was paid, in yuan. NotAllowed for others than officers; Refused for what does not wait to be paid or
    is planned with another amount by now, whose milestone is not reached, that would pay more than the approved budget,
    and for an impossible day or a missing number.
    """
    with unit():
        lock_money(project=instalment.project)
        data = {"amount": f"{amount:.2f}", "paid_on": paid_on.isoformat(), "voucher": voucher.strip()}
        with perform(instalment, "pay", by=by, data=data) as row:
            _check_day(paid_on, row.project.contract.signed_at, _("the contract was signed"))
            if row.amount != amount:
                text = _("The plan has changed: this instalment is %(amount)s 万元 now.")
                words = {"amount": in_wan(row.amount)}
                raise Refused(Reason("other_amount", text % words, _("Look at the present plan of payments.")))
            if not voucher.strip():
                raise Refused(Reason("no_voucher", _("The number of the payment is missing."), _("Type it.")))
            row.paid_on, row.voucher = paid_on, voucher.strip()
        tell_paid(instalment)
    return instalment


def take_back_payment(*, instalment: Instalment, by: User, note: str = "") -> Instalment:
    """The bank returned the payment: the instalment is planned again."""
    with unit():
        lock_money(project=instalment.project)
        data = {"amount": str(instalment.amount), "voucher": instalment.voucher}
        with perform(instalment, "take_back", by=by, note=note, data=data) as row:
            row.paid_on, row.voucher = None, ""
    return instalment


def confirm_arrival(*, instalment: Instalment, arrived_on: dt.date, by: User) -> Instalment:
    """The host confirms that an instalment is on its account. NotAllowed, Refused as for paying."""
    with unit():
        data = {"amount": str(instalment.amount), "arrived_on": arrived_on.isoformat()}
        with perform(instalment, "arrive", by=by, data=data) as row:
            if row.paid_on is not None and arrived_on < row.paid_on:
                raise Refused(_too_early(row.paid_on, _("it was paid")))
            _check_day(arrived_on, None, "")
            row.arrived_on = arrived_on
        tell_arrived(instalment)
    return instalment


def claim_milestone(*, milestone: Milestone, by: User, note: str = "") -> Milestone:
    """The investigator says that a milestone is reached, and by what that can be seen (the note)."""
    with perform(milestone, "claim", by=by, note=note):
        pass
    return milestone


def reach_milestone(*, milestone: Milestone, by: User, note: str = "") -> Milestone:
    """The department agrees: what waits for the milestone can be paid."""
    with unit():
        with perform(milestone, "reach", by=by, note=note):
            pass
        tell_milestone(milestone, "reach")
    return milestone


def send_back_milestone(*, milestone: Milestone, by: User, note: str = "") -> Milestone:
    """The department does not agree yet, for the reason in the note."""
    with unit():
        with perform(milestone, "send_back", by=by, note=note):
            pass
        tell_milestone(milestone, "send_back", note=note)
    return milestone


def _check_day(day: dt.date, since: dt.datetime | None, what: str) -> None:
    if day > timezone.localdate():
        raise Refused(Reason("in_future", _("The day lies in the future."), _("Type the day on which it happened.")))
    if since is not None and day < timezone.localdate(since):
        raise Refused(_too_early(timezone.localdate(since), what))


def _too_early(day: dt.date, what: str) -> Reason:
    text = _("The day lies before %(day)s, when %(what)s.") % {"day": day.isoformat(), "what": what}
    return Reason("too_early", text, _("Correct the day."))
