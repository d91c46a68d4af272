"""What officers send: a note with a step, a later day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflows.machine import Transition

NOTES = {"enrol": _("Who agreed, when, and how you know")}


class StepForm(forms.Form):
    """The note that goes with a transition."""

    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, row: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = NOTES.get(row.name, self.fields["note"].label)
        if row.note == "none":
            del self.fields["note"]
        elif row.note == "optional":
            self.fields["note"].required = False


class SuspendForm(StepForm):
    """The reason of a suspension and its last day."""

    until = forms.DateField(
        label=_("Suspended until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day of it; it ends by itself. Leave it empty for no end."),
    )

    def clean_until(self) -> dt.date | None:
        """A day that has not passed."""
        day: dt.date | None = self.cleaned_data["until"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose a later day, or none."))
        return day


class DeadlineForm(forms.Form):
    """A later day for the scores."""

    until = forms.DateTimeField(label=_("Scores are due"), widget=forms.DateTimeInput)
