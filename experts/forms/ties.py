"""What an expert writes down about ties, and what an officer rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import OrganisationState
from directory.models import Organisation
from experts.enums import TIES_WITH_PEOPLE, TIES_WITH_UNITS, PinVerdict, TieKind

NEAR = 5


class TieForm(forms.Form):
    """One tie: to an organisation by its full name, or to a person by name."""

    kind = forms.ChoiceField(label=_("What ties you"), choices=TieKind.choices)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=120, required=False, help_text=_("Its full name or its credit code.")
    )
    person_name = forms.CharField(label=_("Name of the person"), max_length=60, required=False)
    until = forms.DateField(
        label=_("Ended on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty while it goes on."),
    )
    note = forms.CharField(label=_("Details"), max_length=200, required=False)

    def clean_organisation(self) -> Organisation | None:
        """The organisation of that name or code; with the nearest names where there is none."""
        text = self.cleaned_data["organisation"].strip()
        if not text:
            return None
        known = Organisation.objects.filter(state=OrganisationState.VERIFIED)
        found: Organisation | None = (known.filter(name=text) | known.filter(credit_code=text)).first()
        if found is not None:
            return found
        near = "、".join(known.filter(name__icontains=text).values_list("name", flat=True)[:NEAR])
        if near:
            raise forms.ValidationError(_("Write the full name. Did you mean: %(near)s?") % {"near": near})
        raise forms.ValidationError(_("No organisation of this name or code is registered. Check the full name."))

    def clean(self) -> dict[str, Any]:
        """Exactly the party that the kind needs."""
        given: dict[str, Any] = super().clean() or {}
        kind, unit, person = given.get("kind"), given.get("organisation"), given.get("person_name")
        if kind in TIES_WITH_UNITS and not unit and "organisation" not in self.errors:
            self.add_error("organisation", _("Name the organisation."))
        if kind in TIES_WITH_PEOPLE and not person:
            self.add_error("person_name", _("Name the person."))
        if kind == TieKind.OTHER and not unit and not person and "organisation" not in self.errors:
            self.add_error("organisation", _("Name the organisation, or the person below."))
        return given

    def party(self) -> dict[str, Any]:
        """The valid form's party as the action takes it: the one that the kind needs."""
        given = self.cleaned_data
        unit = given["organisation"] if given["kind"] not in TIES_WITH_PEOPLE else None
        return {"organisation": unit, "person_name": "" if unit else given["person_name"].strip()}


class PinForm(forms.Form):
    """A ruling with its reason."""

    verdict = forms.ChoiceField(label=_("Ruling"), choices=PinVerdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
