"""Forms for fees: a standard, a line of a sheet, the expert's account."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from experts.enums import FeeGrade
from experts.models import FeeStandard


class StandardForm(forms.ModelForm[FeeStandard]):
    """A new standard."""

    class Meta:
        model = FeeStandard
        fields = (
            "document",
            "valid_from",
            "senior_day",
            "other_day",
            "associate_is_senior",
            "national_share",
            "half_day_share",
            "full_days",
            "later_share",
            "task_share",
        )


class FeeLineForm(forms.Form):
    """Grade and days at meetings of one expert."""

    grade = forms.ChoiceField(label=_("Grade"), choices=FeeGrade.choices)
    days = forms.IntegerField(label=_("Full days at meetings"), min_value=0, max_value=60)
    half_days = forms.IntegerField(label=_("Half days at meetings"), min_value=0, max_value=60)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class AccountForm(forms.Form):
    """Where fees are paid."""

    bank = forms.CharField(label=_("Bank and branch"), max_length=120)
    number = forms.CharField(
        label=_("Account number"),
        max_length=34,
        validators=[RegexValidator(r"^[0-9A-Z]{8,34}$", _("Digits only, without blanks, 8 at least."))],
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
