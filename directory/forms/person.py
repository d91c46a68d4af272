"""Forms about one's own person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory import typed
from directory.enums import MembershipState, Title
from directory.models import Membership, Person
from directory.validators import birth_date_of, validate_birth_date, validate_id_number, validate_mobile, validate_orcid


def _code_input() -> forms.TextInput:
    """An input for a code of fixed length: nothing to count, nothing for the browser to remember."""
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class ProfileForm(forms.ModelForm[Person]):
    """One's own data. Sensitive fields are left empty to keep what is stored."""

    new_id_number = forms.CharField(label=_("identity number"), required=False, max_length=64, widget=_code_input())
    new_mobile = forms.CharField(label=_("mobile number"), required=False, max_length=64, widget=_code_input())
    new_birth_date = forms.DateField(
        label=_("birth date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("only when you give no identity number"),
    )

    # Longer than an ORCID: its address is taken too.
    orcid = forms.CharField(label=_("ORCID"), required=False, max_length=64, widget=_code_input())

    class Meta:
        model = Person
        fields = ("name", "gender", "title", "title_name", "degree", "discipline", "orcid")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("id_number", "mobile"):
            if getattr(self.instance, name):
                self.fields[f"new_{name}"].help_text = _("leave empty to keep the stored one")

    def clean_name(self) -> str:
        """A name without what is not text."""
        name: str = self.cleaned_data["name"]
        if any(ord(one) < ord(" ") for one in name):
            raise ValidationError(_("The name holds a control character."), "format")
        return " ".join(name.split())

    def clean_orcid(self) -> str:
        """The ORCID in its usual form; an address of it is accepted."""
        text: str = self.cleaned_data["orcid"].strip().removeprefix("https://orcid.org/")
        if text:
            validate_orcid(text)
        return text

    def clean_new_id_number(self) -> str:
        """The identity number, checked."""
        number = typed.code(self.cleaned_data["new_id_number"])
        if number:
            validate_id_number(number)
        return number

    def clean_new_mobile(self) -> str:
        """The mobile number, checked."""
        number = typed.code(self.cleaned_data["new_mobile"])
        if number:
            validate_mobile(number)
        return number

    def clean(self) -> dict[str, Any]:
        """Birth date possible and not against the identity number."""
        data = super().clean() or {}
        born, number = data.get("new_birth_date"), data.get("new_id_number")
        if born:
            try:
                validate_birth_date(born)
            except ValidationError as fault:
                self.add_error("new_birth_date", fault)
        if born and number and birth_date_of(number) != born:
            self.add_error(
                "new_birth_date", _("The birth date contradicts the identity number. Correct one of the two.")
            )
        return data

    def facts(self) -> dict[str, Any]:
        """What the action takes; sensitive fields only when something was typed."""
        data = self.cleaned_data
        given = {name: data[name] for name in self.Meta.fields}
        for name in ("id_number", "mobile", "birth_date"):
            if data.get(f"new_{name}"):
                given[name] = data[f"new_{name}"]
        return given


class PersonFilter(forms.Form):
    """The filters of the list, all optional."""

    q = forms.CharField(label=_("Name or organisation"), required=False, max_length=80)
    title = forms.ChoiceField(label=_("Title level"), required=False, choices=[("", _("all")), *Title.choices])

    def apply(self, rows: Any) -> Any:
        """`rows` with the valid filters applied."""
        self.is_valid()
        data = self.cleaned_data
        if data.get("q"):
            text = " ".join(data["q"].split())
            there = Membership.objects.filter(state=MembershipState.ACTIVE, organisation__name__icontains=text)
            rows = rows.filter(Q(name__icontains=text) | Q(pk__in=there.values("person")))
        return rows.filter(title=data["title"]) if data.get("title") else rows


class AccountForm(forms.Form):
    """Closing an account, which needs a reason, or reopening it: what the page that was looked at would do."""

    active = forms.BooleanField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, closing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = closing
