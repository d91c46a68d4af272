"""The form with which an investigator lets somebody act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models import Person
from projects.actions.delegation import Powers
from projects.models import Project
from projects.queries.delegations import candidates


class DelegationForm(forms.Form):
    """Who may do what for the investigator, until when, and why."""

    person = forms.CharField(
        label=_("Who"), max_length=120, help_text=_("Name, or e-mail address, of somebody of the team or of the host.")
    )
    accounts = forms.BooleanField(label=_("write down spending, own money and results"), required=False)
    reports = forms.BooleanField(label=_("write reports"), required=False)
    adjustments = forms.BooleanField(label=_("prepare changes of the budget"), required=False)
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project

    def clean_person(self) -> Person:
        """The person of that name or address among those who can be given something."""
        typed = self.cleaned_data["person"].strip()
        found = candidates(self.project).filter(Q(name=typed) | Q(user__email__iexact=typed))[:2]
        if not found:
            raise forms.ValidationError(_("Nobody of the team or of the host with an account is called so."), "nobody")
        if len(found) > 1:
            raise forms.ValidationError(_("Several people are called so: write the e-mail address."), "several")
        return found[0]

    def powers(self) -> Powers:
        """What was ticked."""
        return Powers(**{name: value for name, value in self.cleaned_data.items() if name != "person"})
