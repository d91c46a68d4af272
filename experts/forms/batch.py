"""An expert's declaration on the mixed names of a batch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.queries.batch import BatchNames


class BatchForm(forms.Form):
    """Whom of the batch there is a conflict with; nobody has to be said too."""

    people = forms.TypedMultipleChoiceField(
        label=_("People"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    organisations = forms.TypedMultipleChoiceField(
        label=_("Organisations"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    nobody = forms.BooleanField(label=_("I have no conflict of interest with any of them"), required=False)

    def __init__(self, *args: Any, names: BatchNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, choices in (("people", names.people), ("organisations", names.organisations)):
            widget: Any = self.fields[field]
            widget.choices = choices

    def clean(self) -> dict[str, Any]:
        """Either some are marked, or nobody is."""
        given: dict[str, Any] = super().clean() or {}
        marked = [*given.get("people", ()), *given.get("organisations", ())]
        if bool(marked) == bool(given.get("nobody")):
            self.add_error("nobody", _("Mark those with whom you have a conflict, or say that there is nobody."))
        return given
