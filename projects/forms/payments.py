"""The boundary of payments: days and numbers, the rows of a plan, own money with its paper."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.actions.own_funds import Arrival
from projects.actions.payment_plan import PlanRow
from projects.actions.repayment import Payback
from projects.budget import in_wan
from projects.enums import FundsSource
from projects.forms.slips import AsksAboutUnit, Limits
from projects.models import Instalment, Milestone

WAN = Decimal(10000)
LEAST = Decimal("0.000001")


class DayField(forms.DateField):
    """A day, typed or chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class PaidWanField(forms.DecimalField):
    """Money typed in 万元, exact to the fen, given in yuan. The form asks whether yuan were typed."""

    def __init__(self, *, min_value: Decimal = LEAST, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=99_999_999, decimal_places=6, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Yuan as 万元; what was typed stays as it was typed."""
        return in_wan(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """The amount in yuan."""
        amount = super().clean(value)
        return None if amount is None else (amount * WAN).quantize(Decimal("0.01"))


class PaymentForm(forms.Form):
    """A payment of the department; `amount` is what the page showed, in yuan."""

    amount = forms.DecimalField(widget=forms.HiddenInput)
    paid_on = DayField(label=_("Paid on"), initial=timezone.localdate)
    voucher = forms.CharField(
        label=_("Number of the payment"),
        max_length=40,
        help_text=_("As on the order of payment of the finance office."),
    )


class ArrivalForm(forms.Form):
    """The arrival of an instalment."""

    arrived_on = DayField(label=_("Arrived on"), initial=timezone.localdate)


class OwnFundsForm(AsksAboutUnit, forms.Form):
    """Own money that arrived."""

    amount = PaidWanField(label=_("Amount, 万元"))
    arrived_on = DayField(label=_("Arrived on"), initial=timezone.localdate)
    source = forms.ChoiceField(label=_("Where it comes from"), choices=FundsSource.choices)
    paper = forms.FileField(
        label=_("Paper that proves it"),
        help_text=_("The bank's receipt or the certificate of the finance office: PDF, PNG or JPEG."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, budget: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.budget = budget

    def limits(self) -> Limits:
        """The whole budget of the project."""
        return {"amount": self.budget}

    @property
    def arrival(self) -> Arrival:
        """What was typed, in yuan."""
        data = self.cleaned_data
        return Arrival(data["amount"], data["arrived_on"], FundsSource(data["source"]), data["key"])


class RepaymentForm(AsksAboutUnit, forms.Form):
    """Money that was returned."""

    amount = PaidWanField(label=_("Amount, 万元"))
    paid_on = DayField(label=_("Transferred on"), initial=timezone.localdate)
    voucher = forms.CharField(label=_("Number of the transfer"), max_length=40)
    paper = forms.FileField(
        label=_("Paper that proves it"), help_text=_("The bank's receipt of the transfer: PDF, PNG or JPEG.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, owed: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owed = owed

    def limits(self) -> Limits:
        """What is still owed."""
        return {"amount": self.owed}

    @property
    def payback(self) -> Payback:
        """What was typed, in yuan."""
        data = self.cleaned_data
        return Payback(data["amount"], data["paid_on"], data["voucher"].strip(), data["key"])


class StrikeForm(forms.Form):
    """Why something written down does not count any more."""

    why = forms.CharField(label=_("What was wrong"), max_length=200)


class PlanRowForm(AsksAboutUnit, forms.Form):
    """One instalment of the plan."""

    amount = PaidWanField(label=_("Amount, 万元"))
    due_on = DayField(label=_("To be paid by"))
    milestone = forms.TypedChoiceField(label=_("Waits for"), coerce=int, required=False)

    def __init__(self, *args: Any, milestones: list[Milestone], approved: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.approved = approved
        named = [(one.number, _milestone(one)) for one in milestones]
        self.fields["milestone"].choices = [("", _("no milestone")), *named]  # type: ignore[attr-defined]

    def limits(self) -> Limits:
        """What was approved in all."""
        return {"amount": self.approved}

    def row(self) -> PlanRow:
        """What was typed, in yuan."""
        data = self.cleaned_data
        return PlanRow(data["amount"], data["due_on"], data["milestone"] or 0)


class _PlanRows(forms.BaseFormSet[PlanRowForm]):
    def rows(self) -> list[PlanRow]:
        """The rows that were filled in and not removed."""
        live = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [form.row() for form in live]


PlanRows: Any = forms.formset_factory(
    PlanRowForm, formset=_PlanRows, extra=2, can_delete=True, max_num=20, validate_max=True
)


def rows_of_plan(planned: list[Instalment]) -> list[dict[str, Any]]:
    """What is planned, as the forms begin with it."""
    return [
        {"amount": one.amount, "due_on": one.due_on, "milestone": one.milestone.number if one.milestone else ""}
        for one in planned
    ]


def _milestone(one: Milestone) -> str:
    return f"{one.number} · {_day(one.due_on)} · {one.text[:40]}"


def _day(day: dt.date) -> str:
    return day.isoformat()
