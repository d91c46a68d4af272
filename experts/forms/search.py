"""Looking for experts in the pool: the filters of the list and of its spreadsheet, which live in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import RegionLevel
from directory.models import FocusArea, Region
from experts import disciplines
from experts.enums import ExpertKind, ExpertSource, ExpertState
from experts.models import ExpertProfile
from experts.queries import pool

LOADS = (("", _("all")), ("free", pgettext_lazy("load", "takes more")), ("full", pgettext_lazy("load", "full")))
LOCAL = (RegionLevel.PROVINCE, RegionLevel.LEAGUE)


class PoolSearch(forms.Form):
    """Every filter may be left out; one that makes no sense is left out too."""

    q = forms.CharField(label=_("Name, keyword or past title"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all but candidates")), *ExpertState.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *ExpertKind.choices], required=False)
    discipline = forms.ChoiceField(label=_("Discipline"), required=False)
    area = forms.ModelChoiceField(
        label=_("Focus area"), queryset=FocusArea.objects.all(), required=False, empty_label=_("all")
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.filter(level__in=LOCAL), required=False, empty_label=_("all")
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    source = forms.ChoiceField(label=_("Source"), choices=[("", _("all")), *ExpertSource.choices], required=False)
    load = forms.ChoiceField(label=_("Load"), choices=LOADS, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["discipline"]
        field.choices = [("", _("all")), *disciplines.first_level()]
        self.is_valid()

    def rows(self, user: Any) -> QuerySet[ExpertProfile]:
        """The profiles that `user` may see and that fit."""
        return pool.in_state(self.anywhere(user), self.given["state"])

    def anywhere(self, user: Any) -> QuerySet[ExpertProfile]:
        """The same in whatever state."""
        return pool.found(ExpertProfile.objects.visible_to(user), self.given)

    @property
    def given(self) -> dict[str, Any]:
        """The value of each filter, empty where there is none."""
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
