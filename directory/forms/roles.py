"""Forms about roles."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import Role
from directory.models import Organisation, RoleGrant, User
from directory.querysets import RoleGrantQuerySet

# After this long a role is to be looked at again.
YEAR = dt.timedelta(days=365)


class RoleForm(forms.Form):
    """Granting a role. The cleaned "email" is the account."""

    email = forms.EmailField(label=_("e-mail address of the account"))
    role = forms.ChoiceField(label=_("role"), choices=[("", _("choose")), *Role.choices])
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("organisation"),
        required=False,
        help_text=_("for administrators and recommending officers"),
    )
    until = forms.DateField(
        label=_("last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("empty: until it is ended"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.verified().filter(imported=False)

    def clean_email(self) -> User:
        """The account with this address; it has a person."""
        address = self.cleaned_data["email"].lower()
        user = User.objects.filter(email=address, person__isnull=False).select_related("person").first()
        if user is None:
            raise ValidationError(_("No person has an account with this address."), "unknown")
        return user


class RoleFilter(forms.Form):
    """The filters of the list, all optional."""

    q = forms.CharField(label=_("Person or organisation"), required=False, max_length=80)
    role = forms.ChoiceField(label=_("Role"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", pgettext_lazy("role", "in force")),
            ("unconfirmed", _("not confirmed for a year")),
            ("ending", _("with a last day")),
            ("ended", _("ended")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [("", _("all")), *Role.choices]

    def rows(self) -> RoleGrantQuerySet:
        """The grants that fit the valid filters, ordered by role and name."""
        self.is_valid()
        data = self.cleaned_data
        rows = self._shown(data.get("show", ""))
        if data.get("role"):
            rows = rows.filter(role=data["role"])
        if data.get("q"):
            rows = rows.filter(person__name__icontains=data["q"]) | rows.filter(organisation__name__icontains=data["q"])
        rows = rows.select_related("person", "organisation", "granted_by__person")
        return rows.order_by("role", "person__name", "pk")

    def _shown(self, show: str) -> RoleGrantQuerySet:
        rows = RoleGrant.objects.annotate(looked_at=Coalesce("confirmed_at", F("valid_from")))
        if show == "ended":
            return rows.filter(valid_to__lte=timezone.now())
        rows = rows.in_force()
        if show == "unconfirmed":
            return rows.filter(looked_at__lte=timezone.now() - YEAR)
        return rows.filter(valid_to__isnull=False) if show == "ending" else rows
