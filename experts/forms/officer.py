"""What officers send: a note with a step, a later day."""

from __future__ import annotations

from typing import Any

from django import forms
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


class DeadlineForm(forms.Form):
    """A later day for the scores."""

    until = forms.DateTimeField(label=_("Scores are due"), widget=forms.DateTimeInput)
