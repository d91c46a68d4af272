"""The form of the site's names and numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import ProfileChange
from cms.models.profile import FACTS


class ProfileForm(forms.ModelForm[ProfileChange]):
    """Names and numbers as they should be, and why."""

    class Meta:
        model = ProfileChange
        fields = [*FACTS, "reason"]
        widgets = {"links": forms.Textarea(attrs={"rows": 5}), "reason": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"reason": _("The second person reads it; for example the number of the new filing.")}

    def facts(self) -> dict[str, Any]:
        """The names and numbers for `propose_profile`."""
        return {name: self.cleaned_data[name] for name in FACTS}
