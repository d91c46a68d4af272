"""One member of a team."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.enums import ParticipantRole
from projects.models import Participant


class MemberForm(forms.ModelForm[Participant]):
    """A member: who, what they do, their share. `invite` asks them by e-mail to confirm."""

    months_per_year = forms.DecimalField(
        label=_("months per year"), min_value=Decimal(0), max_value=Decimal(12), decimal_places=1, max_digits=4
    )
    invite = forms.BooleanField(label=_("Ask by e-mail to confirm"), required=False)

    class Meta:
        model = Participant
        fields = ("name", "organisation_name", "role", "months_per_year", "task", "email", "may_edit")

    def __init__(self, *args: Any, leads: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["may_edit"].help_text = _("Takes effect when they have confirmed.")
        if self.instance.role == ParticipantRole.INVESTIGATOR:
            self._only("months_per_year", "task")
        else:
            role: Any = self.fields["role"]
            role.choices = [one for one in ParticipantRole.choices if one[0] != ParticipantRole.INVESTIGATOR]
        if self.instance.person_id:
            self._drop("name", "organisation_name", "email", "invite")
        if not leads:
            self._drop("email", "may_edit", "invite")

    def _only(self, *names: str) -> None:
        self._drop(*(set(self.fields) - set(names)))

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """Who is asked by e-mail needs an address."""
        data = super().clean() or self.cleaned_data
        if data.get("invite") and not data.get("email"):
            self.add_error("email", _("Write the address that the invitation goes to."))
        return data
