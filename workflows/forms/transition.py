"""The form of the common transition page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.machine import Transition

LONGEST_NOTE = 2000


class TransitionForm(forms.Form):
    """A note as the transition asks for one, and the version the person looked at."""

    note = forms.CharField(
        label=_("Reason"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 4})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, row: Transition, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if row.note == "none":
            del self.fields["note"]
        elif row.note == "required":
            self.fields["note"].required = True
        else:
            self.fields["note"].label = _("Note")
