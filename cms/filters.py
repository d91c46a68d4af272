"""Filters of the public lists, which live in the address."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.enums import CallPhase
from directory.models import FocusArea
from projects.enums import CallKind
from projects.filters import holding
from projects.models import Call

ALL = pgettext_lazy("filter", "all")


class PublicCallFilter(django_filters.FilterSet):
    """Public calls by text, programme, year of publication, kind and focus area; the phase is read beside them."""

    q = django_filters.CharFilter(label=_("Title or code"), method="by_text", max_length=100)
    programme = django_filters.CharFilter(label=_("Programme or source"), lookup_expr="icontains", max_length=80)
    year = django_filters.ChoiceFilter(label=_("Year of publication"), empty_label=ALL, method="by_year")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=CallKind.choices, empty_label=ALL)
    area = django_filters.ModelChoiceFilter(
        label=_("Focus area"), queryset=FocusArea.objects.all(), empty_label=ALL, method="by_area"
    )
    phase = django_filters.ChoiceFilter(
        label=_("Phase"), choices=CallPhase.choices, widget=forms.HiddenInput, method="by_nothing"
    )

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The years offered are those from the first to the last publication."""
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = years()

    @property
    def phase_asked(self) -> str:
        """The phase that is asked for, "" for all."""
        return str(self.form.cleaned_data.get("phase", "")) if self.form.is_valid() or self.form.is_bound else ""

    def by_text(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows that hold every word of the text."""
        return holding(rows, value)

    def by_year(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows published in the year, by the clock here."""
        return rows.filter(published_at__year=int(value))

    def by_area(self, rows: QuerySet[Any], _name: str, value: FocusArea) -> QuerySet[Any]:
        """Rows of the area and of the areas directly below it."""
        inside = Q(focusarea=value) | Q(focusarea__parent=value)
        return rows.filter(pk__in=Call.focus_areas.through.objects.filter(inside).values("call_id"))

    def by_nothing(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """The phase cuts the list after each phase was counted."""
        return rows


def years() -> list[tuple[str, str]]:
    """The years from the last publication of a call to the first as choices; none without a public call."""
    ends = Call.objects.public().order_by().aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["last"] is None:
        return []
    return [(str(year), str(year)) for year in range(_year(ends["last"]), _year(ends["first"]) - 1, -1)]


def _year(at: dt.datetime) -> int:
    return timezone.localtime(at).year
