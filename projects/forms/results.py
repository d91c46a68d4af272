"""The boundary of results: one as it is typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.actions.results import Typed
from projects.enums import ResultKind
from projects.forms.payments import DayField, PaidWanField
from projects.forms.slips import AsksAboutUnit, Limits


class ResultForm(AsksAboutUnit, forms.Form):
    """A result; which numbers belong to it follows from its kind."""

    kind = forms.ChoiceField(label=_("Kind of result"), choices=ResultKind.choices)
    title = forms.CharField(label=_("Title, or who was trained for what"), max_length=300)
    number = forms.CharField(
        label=_("DOI, patent, standard or contract number"),
        max_length=120,
        required=False,
        help_text=_("Its check digit is tested. Not needed for people."),
    )
    issn = forms.CharField(label="ISSN", max_length=20, required=False, help_text=_("Of papers, where there is one."))
    dated_on = DayField(label=_("Day of publication, grant, degree or signature"))
    acknowledgement = forms.CharField(
        label=_("The words by which it names the project"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As printed; the number of the project stands in them."),
    )
    count = forms.IntegerField(label=_("How many people"), min_value=1, max_value=500, initial=1, required=False)
    amount = PaidWanField(label=_("Amount of the contract, 万元"), required=False)

    def limits(self) -> Limits:
        """What others pay is measured by no budget of ours."""
        return {"amount": None}

    @property
    def typed(self) -> Typed:
        """What was typed."""
        data = {**self.cleaned_data, "kind": ResultKind(self.cleaned_data["kind"])}
        return Typed(**{**data, "count": data["count"] or 1})
