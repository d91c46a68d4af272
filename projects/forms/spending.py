"""The boundary of spending: an entry as it is typed, a list to hand in."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.actions.spending import Entry
from projects.budget import LABELS, SOURCE_LABELS
from projects.definitions.budget import budget_rules
from projects.forms.payments import DayField


def _categories() -> list[tuple[str, str]]:
    return [(row.code, str(LABELS[row.code])) for row in budget_rules().categories]


class EntryForm(forms.Form):
    """One entry."""

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
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(-10) ** 9,
        help_text=_("In yuan, as the voucher says. A reversal is negative."),
    )
    category = forms.ChoiceField(label=_("Category"), choices=_categories)
    source = forms.ChoiceField(label=pgettext_lazy("money", "Source"), choices=list(SOURCE_LABELS.items()))
    purpose = forms.CharField(label=pgettext_lazy("spending", "Purpose"), max_length=200, required=False)

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
