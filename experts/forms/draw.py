"""What officers send about a draw: a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeOutForm(forms.Form):
    """Why a drawn seat is left out."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
