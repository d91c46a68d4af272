"""The form that hands projects over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import Role
from directory.models import User
from directory.queries.holders import holders
from projects.actions.handover import Handing
from projects.queries.in_charge import in_care


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class Choice(forms.ModelMultipleChoiceField[Any]):
    """Projects by number and title."""

    def label_from_instance(self, project: Any) -> str:
        """What stands beside the box."""
        return f"{project.number} {project.title} · {project.investigator.name}"


class HandoverForm(forms.Form):
    """To whom which projects of `giver` go, from when, until when, and why."""

    needed_later = ("projects",)

    receiver = forms.ModelChoiceField(
        label=pgettext_lazy("hand-over", "To"), queryset=User.objects.none(), empty_label=_("choose")
    )
    starts_on = _day(pgettext_lazy("standing", "From"), initial=timezone.localdate)
    ends_on = _day(_("Last day"), required=False, help_text=_("Of a deputy; empty: for good."))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    whole = forms.BooleanField(label=_("all projects in charge"), required=False)
    projects = Choice(
        label=_("Projects"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose at least one, or all projects in charge."),
    )

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver
        others = holders(Role.PROGRAMME_OFFICER).exclude(pk=giver.pk)
        self.fields["receiver"].queryset = others.select_related("person")  # type: ignore[attr-defined]
        self.fields["projects"].queryset = in_care(giver).select_related("investigator")  # type: ignore[attr-defined]

    def handing(self) -> Handing:
        """What is handed over."""
        data = self.cleaned_data
        chosen = in_care(self.giver) if data["whole"] else data["projects"]
        return Handing(
            tuple(one.pk for one in chosen), data["receiver"], data["reason"], data["starts_on"], data["ends_on"]
        )
