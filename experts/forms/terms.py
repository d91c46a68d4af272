"""What officers send about the terms of a round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.actions.terms import LEAST_SPREAD, MOST_DAYS, MOST_SPREAD
from experts.models import ReviewRound


class TermsForm(forms.Form):
    """Days to answer, and what divergence is and leads to; `frozen` when the latter cannot be changed any more."""

    answer_days = forms.IntegerField(
        label=_("Days to answer an invitation"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Counts for invitations sent from now on; never after the day on which scores are due."),
    )
    divergence = forms.DecimalField(
        label=_("Scores diverge from a spread of, points"),
        min_value=LEAST_SPREAD,
        max_value=MOST_SPREAD,
        max_digits=5,
        decimal_places=2,
        help_text=_("Highest less lowest score of a dossier, 1 to 100. It is flagged before the ranking."),
    )
    extra_expert = forms.BooleanField(
        label=_("One more expert is proposed where opinions diverge"),
        required=False,
        help_text=_("Once all its sheets are in; you decide whether the expert is invited."),
    )

    def __init__(self, *args: Any, review_round: ReviewRound, frozen: bool, **kwargs: Any) -> None:
        initial = {name: getattr(review_round, name) for name in self.base_fields}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for name in ("divergence", "extra_expert") if frozen else ():
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Frozen since the first score was written.")
