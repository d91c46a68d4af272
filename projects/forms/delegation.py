"""The form with which an investigator lets somebody act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Person
from projects.actions.delegation import Powers
from projects.models import Project
from projects.queries.delegations import team_of


class DelegationForm(forms.Form):
    """Who may do what for the investigator, until when, and why."""

    person = forms.ModelChoiceField(
        label=_("Member of the team"), queryset=Person.objects.none(), empty_label=_("choose")
    )
    accounts = forms.BooleanField(label=_("write down spending, own money and results"), required=False)
    reports = forms.BooleanField(label=_("write reports"), required=False)
    adjustments = forms.BooleanField(label=_("prepare changes of the budget"), required=False)
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = team_of(project)  # type: ignore[attr-defined]

    def powers(self) -> Powers:
        """What was ticked."""
        return Powers(**{name: value for name, value in self.cleaned_data.items() if name != "person"})
