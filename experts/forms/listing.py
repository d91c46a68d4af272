"""Handing in a list of experts, and taking it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ListForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=_("List of experts (XLSX)"), help_text=_("Filled in after the template; its first row stays as it is.")
    )


class TakeForm(forms.Form):
    """Where the consent of the people is kept, if they gave it on paper."""

    paper = forms.CharField(
        label=_("Where the people's consent is kept"),
        max_length=200,
        required=False,
        help_text=_("With it new people are admitted at once. Leave it empty: they become candidates and are asked."),
    )
