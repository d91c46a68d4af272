"""What officers send about draws: their rules, a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.enums import DrawMode, ExpertKind
from experts.models import DrawRules, ReviewRound

KIND = "kind_"
MOST_SEATS = 99


class RulesForm(forms.Form):
    """The rules of the draws of a round."""

    mode = forms.ChoiceField(
        label=_("How experts are chosen"),
        choices=DrawMode.choices,
        widget=forms.RadioSelect,
        help_text=_("Only the best match can promise kinds of experts in each panel."),
    )
    probability_cap = forms.DecimalField(
        label=_("Highest chance"),
        min_value=0,
        max_value=1,
        max_digits=4,
        decimal_places=3,
        help_text=_("Counts where experts are drawn by lot: no expert is drawn for a dossier with a higher chance."),
    )
    most_per_organisation = forms.IntegerField(
        label=_("Of one organisation, at most"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("Experts of one organisation in one panel. Empty: no limit."),
    )
    outside_percent = forms.IntegerField(
        label=_("From outside the league or city"),
        min_value=0,
        max_value=100,
        help_text=_("Percent of each panel, at least. 0: no limit."),
    )
    most_each = forms.IntegerField(
        label=_("Dossiers per expert, at most"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=_("Empty: as each expert agreed."),
    )
    least_each = forms.IntegerField(label=_("Dossiers per expert, at least"), min_value=0, max_value=MOST_SEATS)
    even_load = forms.BooleanField(
        label=_("Even load"), required=False, help_text=_("Of two experts who fit alike, the one with fewer dossiers.")
    )

    def __init__(self, *args: Any, rules: DrawRules, **kwargs: Any) -> None:
        names = ("mode", "probability_cap", "most_per_organisation", "outside_percent", "most_each", "least_each")
        initial = {name: getattr(rules, name) for name in (*names, "even_load")}
        initial |= {KIND + kind: rules.least_kinds.get(kind) for kind in ExpertKind.values}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for kind, label in ExpertKind.choices:
            self.fields[KIND + kind] = forms.IntegerField(
                label=_("In each panel, at least: %(kind)s") % {"kind": label},
                min_value=0,
                max_value=MOST_SEATS,
                required=False,
            )

    def rules(self, review_round: ReviewRound) -> DrawRules:
        """The rules of the valid form, not saved."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith(KIND)}
        kinds = {kind: self.cleaned_data[KIND + kind] for kind in ExpertKind.values if self.cleaned_data[KIND + kind]}
        return DrawRules(round=review_round, least_kinds=kinds, **given)


class TakeOutForm(forms.Form):
    """Why a drawn seat is left out."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
