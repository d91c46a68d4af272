"""Forms about organisations and members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory import typed
from directory.enums import OrganisationKind, OrganisationState, RegionLevel
from directory.models import Organisation, Region
from directory.validators import validate_credit_code


class RegisterForm(forms.ModelForm[Organisation]):
    """Registering an organisation."""

    class Meta:
        model = Organisation
        fields = (
            "name",
            "short_name",
            "kind",
            "credit_code",
            "region",
            "authority",
            "founded_on",
            "address",
            "contact_name",
            "contact_phone",
        )
        labels = {"region": _("Region"), "authority": _("Authority")}
        widgets = {"founded_on": forms.DateInput(attrs={"type": "date"})}

    credit_code = forms.CharField(
        label=_("unified social credit code"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("18 digits and capital letters, as on the licence"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authority: Any = self.fields["authority"]
        authority.queryset = Organisation.objects.verified().filter(is_authority=True)
        authority.help_text = _("the bureau or department that verifies you and recommends your proposals")
        region: Any = self.fields["region"]
        region.queryset = Region.objects.all()
        self.fields["region"].required = True
        self.fields["founded_on"].required = True

    def clean_credit_code(self) -> str:
        """The code, checked."""
        code = typed.code(self.cleaned_data["credit_code"])
        validate_credit_code(code)
        return code


class EditOrganisationForm(forms.ModelForm[Organisation]):
    """What an organisation keeps up to date itself."""

    class Meta:
        model = Organisation
        fields = (
            *("short_name", "other_names", "name_en", "address", "contact_name", "contact_phone"),
            "internal_lead_days",
        )


class InviteForm(forms.Form):
    """Inviting somebody by e-mail."""

    email = forms.EmailField(label=_("e-mail address"))
    position = forms.CharField(label=_("position"), max_length=60, required=False)


class JoinForm(forms.Form):
    """Asking to join an organisation."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("organisation"))
    position = forms.CharField(label=_("position"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.verified().filter(imported=False)


ORIGINS = [("", _("registered here")), ("imported", _("from imported lists")), ("all", _("all"))]


class OrganisationFilter(forms.Form):
    """The filters of the list, all optional. Staff read what was imported only when they ask for it."""

    q = forms.CharField(label=_("Name or credit code"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(), label=_("Region"), required=False, to_field_name="code", empty_label=_("all")
    )
    origin = forms.ChoiceField(label=_("Where from"), required=False, choices=ORIGINS)

    def __init__(self, *args: Any, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not staff:
            del self.fields["origin"]
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("all")), *OrganisationKind.choices]
        state: Any = self.fields["state"]
        state.choices = [("", _("all")), *OrganisationState.choices]
        region: Any = self.fields["region"]
        region.queryset = Region.objects.filter(level=RegionLevel.LEAGUE)

    def apply(self, rows: Any) -> Any:
        """`rows` with the valid filters applied; the beginning of a credit code is enough."""
        self.is_valid()
        data = self.cleaned_data
        if data.get("q"):
            text = " ".join(data["q"].split())
            named = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(name_en__icontains=text)
            rows = rows.filter(named | Q(credit_code__istartswith=text.replace(" ", "")))
        if data.get("region"):
            rows = rows.filter(Q(region=data["region"]) | Q(region__parent=data["region"]))
        if data.get("origin") != "all":
            rows = rows.filter(imported=data.get("origin") == "imported")
        return rows.filter(**{name: data[name] for name in ("kind", "state") if data.get(name)})
