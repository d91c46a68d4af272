"""The officer's rating of an expert's work."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RATINGS = (
    (5, pgettext_lazy("rating", "5 very good")),
    (4, pgettext_lazy("rating", "4 good")),
    (3, pgettext_lazy("rating", "3 fair")),
    (2, pgettext_lazy("rating", "2 poor")),
    (1, pgettext_lazy("rating", "1 useless")),
)


class RatingForm(forms.Form):
    """How good the expert's work was."""

    rating = forms.TypedChoiceField(label=_("Rating"), choices=RATINGS, coerce=int, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
