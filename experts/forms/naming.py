"""An officer's ruling about a name found in an anonymous dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.enums import NameVerdict

VERDICTS = [NameVerdict.LEFT, NameVerdict.CUT]


class NameForm(forms.Form):
    """Leave it, with a reason, or cut it out."""

    verdict = forms.ChoiceField(
        label=_("Ruling"), choices=[(one.value, one.label) for one in VERDICTS], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to leave it: why does it tell nobody who applies?"),
    )

    def clean(self) -> dict[str, Any]:
        """What is left needs a reason."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("verdict") == NameVerdict.LEFT and not given.get("reason", "").strip():
            self.add_error("reason", _("What is left needs its reason."))
        return given
