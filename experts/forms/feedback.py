"""What goes to the applicant in place of an opinion."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RedactionForm(forms.Form):
    """The text for the applicant and why it is another one."""

    text = forms.CharField(
        label=_("Text for the applicant"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Leave it empty to withhold the whole opinion. The sheet itself is not changed."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
