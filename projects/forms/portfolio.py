"""The filters of the portfolio: they live in the address, so that a view can be kept as a name for an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.enums import RegionLevel
from directory.models import FocusArea, Region
from projects.enums import ProjectState
from projects.models import Call, Project
from projects.queries.portfolio import DIMENSIONS
from projects.risks import RISKS, risk

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MINE = "me"
SORTS: dict[str, tuple[str, ...]] = {
    "newest": ("-pk",),
    "end": ("ends_on", "pk"),
    "grant": ("-grant", "pk"),
    "number": ("number", "pk"),
    "organisation": ("organisation__name", "pk"),
}
SORT_CHOICES = [
    ("newest", _("newest first")),
    ("end", _("by end of the term")),
    ("grant", _("by grant")),
    ("number", _("by number")),
    ("organisation", _("by organisation")),
]


class PortfolioFilter(forms.Form):
    """Words of title, number, investigator or organisation; state, programme, focus area, region, year, risk; order."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all states")), *ProjectState.choices])
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    area = forms.ChoiceField(label=_("Focus area"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    year = forms.IntegerField(
        label=pgettext_lazy("portfolio", "Begun in"),
        required=False,
        min_value=1990,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    risk = forms.ChoiceField(
        label=_("Risk"), required=False, choices=[("", _("any or none")), *((one.code, one.label) for one in RISKS)]
    )
    charge = forms.ChoiceField(
        label=_("In charge"), required=False, choices=[("", _("anybody")), (MINE, pgettext_lazy("in charge", "me"))]
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORT_CHOICES)
    by = forms.ChoiceField(label=_("Grouped by"), required=False, choices=[(one.code, one.label) for one in DIMENSIONS])

    def __init__(self, *args: Any, asker: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker
        names = Call.objects.filter(imported_key="").order_by("programme").values_list("programme", flat=True)
        self._offer("programme", _("all programmes"), [(name, name) for name in names.distinct() if name])
        self._offer("area", _("all focus areas"), FocusArea.objects.values_list("code", "name"))
        leagues = Region.objects.filter(level=RegionLevel.LEAGUE)
        self._offer("region", _("all regions"), leagues.values_list("code", "name"))

    def _offer(self, name: str, every: _StrPromise, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]

    def apply(self, projects: QuerySet[Project], *, with_state: bool = True) -> QuerySet[Project]:
        """`projects` as filtered and ordered; what cannot be read filters nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("charge") == MINE:
            projects = projects.filter(officer=self.asker)
        for name, condition in self._conditions(wanted):
            if wanted.get(name):
                projects = projects.filter(condition)
        if with_state and wanted.get("state"):
            projects = projects.filter(state=wanted["state"])
        for word in (wanted.get("q") or "").split():
            projects = projects.filter(_mentions(word))
        return projects.order_by(*SORTS[wanted.get("sort") or "newest"])

    def _conditions(self, wanted: dict[str, Any]) -> list[tuple[str, Q]]:
        region, chosen = wanted.get("region"), risk(wanted.get("risk") or "")
        return [
            ("programme", Q(proposal__call__programme=wanted.get("programme"))),
            ("area", Q(proposal__call__in=Call.objects.filter(focus_areas__code=wanted.get("area")).values("pk"))),
            ("region", Q(organisation__region__code=region) | Q(organisation__region__parent__code=region)),
            ("year", Q(starts_on__year=wanted.get("year"))),
            ("risk", chosen.condition(timezone.now()) if chosen else Q()),
        ]

    def address(self) -> str:
        """The filters as the query of an address, without what is empty."""
        self.is_valid()
        return urlencode([(name, self.data[name]) for name in self.fields if self.data.get(name)])


def shown(user: Any, query: str) -> QuerySet[Project]:
    """The projects that the view with these filters (the query of an address) shows the user."""
    return PortfolioFilter(QueryDict(query), asker=user).apply(Project.objects.visible_to(user))


class ViewForm(forms.Form):
    """The name under which a view is kept; `query` is what it shows."""

    name = forms.CharField(label=_("Name of this view"), max_length=40)
    query = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)


def _mentions(word: str) -> Q:
    return (
        Q(title__icontains=word)
        | Q(number__icontains=word)
        | Q(investigator__name__icontains=word)
        | Q(organisation__name__icontains=word)
    )
