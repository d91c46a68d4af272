"""The boundary of spending: an entry as it is typed, a list to hand in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.actions.spending import Entry
from projects.budget import LABELS, SOURCE_LABELS, ZERO
from projects.definitions.budget import Scheme
from projects.forms.payments import DayField
from projects.forms.slips import AsksAboutUnit, Limits
from projects.slips import Doubt, doubt_in_yuan


class EntryForm(AsksAboutUnit, forms.Form):
    """One entry. `scheme`: the categories of the project; `whole`: all its money, yuan."""

    voucher = forms.CharField(label=_("Number of the voucher"), max_length=40)
    entry = forms.CharField(
        label=_("Number of the entry"),
        max_length=10,
        required=False,
        help_text=_("Where a voucher has several entries."),
    )
    spent_on = DayField(label=_("Day of the voucher"), initial=timezone.localdate)
    amount = forms.DecimalField(
        label=_("Amount, yuan"),
        max_digits=14,
        decimal_places=2,
        min_value=-(Decimal(10) ** 11),
        help_text=_("In yuan, as the voucher says. A reversal is negative."),
    )
    category = forms.ChoiceField(label=_("Category"))
    source = forms.ChoiceField(label=pgettext_lazy("money", "Source"), choices=list(SOURCE_LABELS.items()))
    purpose = forms.CharField(label=pgettext_lazy("spending", "Purpose"), max_length=200, required=False)

    def __init__(self, *args: Any, scheme: Scheme, whole: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole
        field = cast("forms.ChoiceField", self.fields["category"])
        field.choices = [(code, str(LABELS[code])) for code in scheme.codes]

    def limits(self) -> Limits:
        """An entry is not more than all the money."""
        return {"amount": self.whole}

    def doubt(self, name: str, amount: Decimal, most: Decimal | None) -> Doubt | None:
        """The question about an amount that is typed in yuan."""
        return doubt_in_yuan(amount, most or ZERO, name=self.add_prefix(name))

    @property
    def typed(self) -> Entry:
        """What was typed."""
        return Entry(**self.cleaned_data)


class SpendingFileForm(forms.Form):
    """A list of the finance system."""

    file = forms.FileField(
        label=_("List of the finance system"),
        help_text=_("XLSX or CSV. You see what would become of each row before anything is written."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
