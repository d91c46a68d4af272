"""What an organisation says when it recommends one of its people, and when an expert is away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import MembershipState
from directory.models import Organisation, Person


class RecommendForm(forms.Form):
    """One member, why, and that the organisation answers for it."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    why = forms.CharField(label=_("Why the person can judge"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    truthful = forms.BooleanField(
        label=_("The organisation has checked this and answers for its truth."),
        error_messages={"required": _("Tick the box: the organisation answers for it.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Person.objects.filter(
            memberships__organisation=organisation, memberships__state=MembershipState.ACTIVE
        )
        field: Any = self.fields["person"]
        field.queryset = members.distinct().order_by("name", "pk")


class AbsenceForm(forms.Form):
    """A period away."""

    since = forms.DateField(label=_("From (day)"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until (day)"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=pgettext_lazy("absence", "Why"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The last day lies before the first. Correct one of the two."))
        return given
