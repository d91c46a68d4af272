"""The form of one exceptional day."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import DayKind


class DayForm(forms.Form):
    """A day and what it is; "as its weekday says" clears it."""

    day = forms.DateField(label=_("day"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("kind"), required=False, choices=[("", _("as its weekday says")), *DayKind.choices]
    )
    name = forms.CharField(label=_("name"), required=False, max_length=40)
