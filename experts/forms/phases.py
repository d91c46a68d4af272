"""The rows of switches of a round, as the officer sets them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from experts.enums import Audience, Switch
from experts.models import ExpertProfile
from experts.models.phase import STEPS
from experts.phases import FOR_DEPARTMENT, Phase

NOT_A_STEP = [("", _("a day"))]


def _switches(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class PhaseForm(forms.Form):
    """One row: what it begins with, and what it opens to whom."""

    step = forms.ChoiceField(
        label=_("Begins with"), required=False, choices=[*NOT_A_STEP, *((one.value, one.label) for one in STEPS)]
    )
    at = forms.DateTimeField(label=_("Begins on the day"), required=False, help_text=_("instead of a step"))
    own_first = forms.BooleanField(
        label=_("Own sheet first"),
        required=False,
        help_text=_("Experts and chair see what is ticked only after they submitted their own sheet."),
    )
    experts = _switches(_("Open to the experts"), Switch.choices)
    chair = _switches(_("Open to the chair"), Switch.choices)
    department = _switches(_("Open to the department"), [(one.value, name) for one, name in FOR_DEPARTMENT.items()])

    def clean(self) -> dict[str, Any]:
        """Ask for one beginning, a step or a day."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(given.get("step")) == bool(given.get("at")):
            self.add_error("step", gettext("Choose a step, or “a day” and the day."))
        return given

    def phase(self) -> Phase:
        """The row as it is stored."""
        given = self.cleaned_data
        opened = {
            str(Audience.EXPERT): frozenset(given["experts"]),
            str(Audience.CHAIR): frozenset(given["chair"]),
            str(Audience.OFFICER): frozenset(given["department"]),
        }
        return Phase(given["step"], given["at"], own_first=given["own_first"], opened=opened)


PhaseFormSet = forms.formset_factory(PhaseForm, extra=1, max_num=8, can_delete=True)


def initial_of(one: Phase) -> dict[str, Any]:
    """A stored row as the form shows it."""
    return {
        "step": one.step,
        "at": one.at,
        "own_first": one.own_first,
        "experts": sorted(one.opened.get(Audience.EXPERT, ())),
        "chair": sorted(one.opened.get(Audience.CHAIR, ())),
        "department": sorted(one.opened.get(Audience.OFFICER, ())),
    }


class ChairForm(forms.Form):
    """Who chairs the round: one of its experts."""

    chair = forms.ModelChoiceField(
        label=_("Chair"), queryset=ExpertProfile.objects.none(), required=False, empty_label=_("nobody")
    )

    def __init__(self, *args: Any, experts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = experts  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """One remark to the other experts."""

    text = forms.CharField(
        label=_("What you say to the other experts"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
