"""The boundary of reports: the texts that people write."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.actions.reports import Texts


class ReportForm(forms.Form):
    """The texts; nothing has to be there before it is submitted."""

    needed_later = ("progress", "next_steps")

    progress = forms.CharField(
        label=_("What was done, measured against the goals of the contract"),
        max_length=5000,
        required=False,
        help_text=_("Needed before it is submitted; it can be saved without."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    problems = forms.CharField(
        label=_("Problems and how they are met"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    next_steps = forms.CharField(
        label=_("What comes next"),
        max_length=3000,
        required=False,
        help_text=_("Needed before it is submitted; it can be saved without."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def texts(self) -> Texts:
        """What was typed."""
        data = self.cleaned_data
        return Texts(data["progress"], data["problems"], data["next_steps"])
