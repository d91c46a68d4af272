"""Forms for pilot status and credit grades of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import OrganisationState
from directory.models import Organisation
from projects.actions.standing import Wanted
from projects.enums import GIVEN_STANDINGS, CreditGrade, StandingKind, StandingState
from projects.models import ChannelStanding

HELD = "held"


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class StandingForm(forms.Form):
    """What an organisation shall be given."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=_("choose")
    )
    kind = forms.ChoiceField(label=_("What it is given"), choices=StandingKind.choices)
    grade = forms.ChoiceField(
        label=_("Credit grade"), required=False, choices=[("", _("none: a pilot")), *CreditGrade.choices]
    )
    valid_from = _day(pgettext_lazy("standing", "From"), initial=timezone.localdate)
    valid_to = _day(_("Last day"), required=False, help_text=_("Empty: until it is ended."))
    document = forms.CharField(label=_("Document number"), max_length=80)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = Organisation.objects.filter(state=OrganisationState.VERIFIED, is_department=False)
        self.fields["organisation"].queryset = hosts.order_by("name")  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was typed, without the organisation."""
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if name != "organisation"})


class StandingFilter(forms.Form):
    """Filters of the list, in the address."""

    q = forms.CharField(label=_("Organisation"), required=False, max_length=120)
    kind = forms.ChoiceField(
        label=_("What it is given"), required=False, choices=[("", _("all")), *StandingKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), (HELD, pgettext_lazy("standing", "counts today")), *StandingState.choices],
    )

    def apply(self, rows: QuerySet[ChannelStanding]) -> QuerySet[ChannelStanding]:
        """`rows` as filtered; what cannot be read filters nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("q"):
            rows = rows.filter(organisation__name__icontains=wanted["q"].strip())
        if wanted.get("kind"):
            rows = rows.filter(kind=wanted["kind"])
        if wanted.get("state") == HELD:
            today = timezone.localdate()
            begun = rows.filter(state__in=GIVEN_STANDINGS, valid_from__lte=today)
            return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        return rows.filter(state=wanted["state"]) if wanted.get("state") else rows
