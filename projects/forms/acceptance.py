"""The boundary of acceptances: what the investigator, the organiser and the officer write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.actions.acceptance import Filing, Opinion
from projects.definitions.acceptance import acceptance_rules
from projects.enums import AcceptanceOutcome, Attainment
from projects.forms.payments import DayField
from projects.models import Acceptance
from projects.queries.acceptance_review import to_send

LINES = {"rows": 6}


class FilingForm(forms.Form):
    """The texts, and for each target how far it was reached; nothing has to be there before it is filed."""

    summary = forms.CharField(
        label=_("Summary of the work and what came of it"),
        max_length=5000,
        required=False,
        help_text=_("Needed before it is filed; it can be saved without."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    benefit = forms.CharField(
        label=_("Benefit for economy and society"), max_length=3000, required=False, widget=forms.Textarea(attrs=LINES)
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, targets: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets
        self.needed_later = ("summary", *(f"attainment_{place}" for place in range(len(targets))))
        for place, one in enumerate(targets):
            name = f"{one['name']} {one['value']}".strip()
            choices = [("", _("choose")), *Attainment.choices]
            self.fields[f"attainment_{place}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                required=False,
                initial=one["attainment"],
                help_text=_("Needed before it is filed; it can be saved without."),
            )
            self.fields[f"evidence_{place}"] = forms.CharField(
                label=_("Evidence for: %(target)s") % {"target": name},
                max_length=500,
                required=False,
                initial=one["evidence"],
            )

    @property
    def filing(self) -> Filing:
        """What was typed."""
        data = self.cleaned_data
        targets = [
            {
                "name": one["name"],
                "value": one["value"],
                "attainment": data[f"attainment_{place}"],
                "evidence": data[f"evidence_{place}"],
            }
            for place, one in enumerate(self.targets)
        ]
        return Filing(data["summary"], data["benefit"], targets)


class OpinionForm(forms.Form):
    """The experts' meeting."""

    heard_on = DayField(label=_("Day of the meeting"), initial=timezone.localdate)
    experts = forms.CharField(
        label=_("Experts, one a line: name, organisation, title"),
        max_length=2000,
        widget=forms.Textarea(attrs=LINES),
    )
    task = forms.ChoiceField(
        label=_("The task of the contract was"), choices=Attainment.choices, widget=forms.RadioSelect
    )
    finance = forms.TypedChoiceField(
        label=pgettext_lazy("acceptance", "The money"),
        choices=[("yes", _("was used as the rules ask")), ("no", _("was not used as the rules ask"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    suggested = forms.ChoiceField(
        label=_("The experts suggest"), choices=AcceptanceOutcome.choices, widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label=_("Opinion of the experts"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("At least %(least)d.") % {"least": acceptance_rules().least_experts}
        self.fields["experts"].help_text = hint

    def clean_heard_on(self) -> dt.date:
        """A meeting has taken place."""
        found: dt.date = self.cleaned_data["heard_on"]
        if found > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Type the day on which the experts met."))
        return found

    @property
    def typed(self) -> Opinion:
        """What was typed."""
        return Opinion(**self.cleaned_data)


class Choice(forms.ModelMultipleChoiceField[Acceptance]):
    """Checked acceptances that the department organises."""

    def label_from_instance(self, obj: Acceptance) -> str:
        """Number, title and host."""
        return f"{obj.project.number} {obj.project.title} · {obj.project.organisation.name}"


class ReviewForm(forms.Form):
    """What goes to the experts, and the name under which they meet it."""

    title = forms.CharField(
        label=_("Title of the round"), max_length=200, required=False, initial=_("Acceptances of projects")
    )
    acceptances = Choice(
        Acceptance.objects.none(),
        label=pgettext_lazy("navigation", "Acceptances"),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
        help_text=_("All that are checked and organised by the department."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["acceptances"]
        choice.queryset = to_send()


class AppealForm(forms.Form):
    """Why the outcome should not stand."""

    reason = forms.CharField(
        label=_("Why the outcome is contested"), max_length=2000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _(
            "It can be made once and not changed. Who had no part in the outcome answers in %(days)d working days."
        )
        self.fields["reason"].help_text = told % {"days": acceptance_rules().answer_working_days}


class ProposalOfOutcomeForm(forms.Form):
    """What the department proposes; `suggested` by the experts is chosen already and named."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("acceptance", "Outcome"), choices=AcceptanceOutcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        help_text=_("Needed where the proposal departs from what the experts suggest."),
        widget=forms.Textarea(attrs=LINES),
    )

    def __init__(self, *args: Any, suggested: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].initial = suggested
        if suggested:
            told = _("The experts suggest: %(outcome)s.") % {"outcome": AcceptanceOutcome(suggested).label}
            self.fields["outcome"].help_text = told
