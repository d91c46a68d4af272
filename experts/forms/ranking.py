"""What is asked on the page of scores: where a funding line would be, and which method binds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.enums import RankingMethod


class LineForm(forms.Form):
    """Where the funding line would be: a number of places, or money and what one project costs."""

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000, required=False)
    money = forms.DecimalField(label=_("Or money, 万元"), min_value=Decimal(0), max_digits=12, required=False)
    each = forms.DecimalField(
        label=_("For one project, 万元"), min_value=Decimal("0.01"), max_digits=12, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Money and the price of one belong together; they are read when no number of places is given."""
        data = super().clean() or {}
        money, each = data.get("money"), data.get("each")
        for name, value, other in (("each", each, money), ("money", money, each)):
            if value is None and other is not None and name not in self.errors and data.get("places") is None:
                self.add_error(name, _("Give both the money and what one project costs."))
        return data

    def line(self) -> int:
        """How many places the line leaves; 0 for no line."""
        if not self.is_valid():
            return 0
        data = self.cleaned_data
        if data["places"]:
            return int(data["places"])
        return int(data["money"] // data["each"]) if data["money"] is not None and data["each"] is not None else 0


class MethodForm(forms.Form):
    """The method that binds."""

    method = forms.ChoiceField(label=_("Ranks follow"), choices=RankingMethod.choices, widget=forms.RadioSelect)
