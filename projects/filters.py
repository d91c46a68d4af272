"""Filters of list pages that live in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directory.models import FocusArea
from projects.enums import CallKind, CallState
from projects.models import Call

IMPORTED = "imported"


class CallFilter(django_filters.FilterSet):
    """Calls by text, state, kind, focus area, year of the filing deadline and origin: imported ones when asked for."""

    q = django_filters.CharFilter(label=_("Title, code or programme"), method="by_text")
    state = django_filters.ChoiceFilter(label=_("State"), choices=CallState.choices, empty_label=_("all"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=CallKind.choices, empty_label=_("all"))
    area = django_filters.ModelChoiceFilter(
        label=_("Focus area"), field_name="focus_areas", queryset=FocusArea.objects.all(), empty_label=_("all")
    )
    year = django_filters.NumberFilter(
        label=_("Year"),
        field_name="filing_deadline__year",
        min_value=1990,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    origin = django_filters.ChoiceFilter(
        label=_("Where from"),
        choices=[(IMPORTED, _("from imported lists")), ("all", _("all"))],
        empty_label=_("drafted here"),
        method="by_origin",
    )

    class Meta:
        model = Call
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """As the form says; without an origin what was drafted here."""
        rows = queryset if self.form.cleaned_data.get("origin") else queryset.filter(imported_key="")
        found: QuerySet[Any] = super().filter_queryset(rows)
        return found

    def by_origin(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Only imported rows, or all."""
        return rows.exclude(imported_key="") if value == IMPORTED else rows

    def by_text(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows that hold every word of the text in title, code or programme."""
        return holding(rows, value)


def holding(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The calls that hold every word of `text` in title, code or programme."""
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(code__icontains=word) | Q(programme__icontains=word))
    return rows
