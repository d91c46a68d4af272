"""Pages of the system administrator: the working calendar, reference data."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.calendar import set_day
from directory.forms.calendar import DayForm
from directory.models import CalendarDay, CalendarYear
from directory.policies import SYSTEM_ADMIN
from directory.queries.reference import calendar_years, focus_areas, leagues
from directory.views.asker import asker
from workflows.policies import guarded

EARLIEST, LATEST = 1990, 2100


@guarded(SYSTEM_ADMIN, "GET", "POST")
def calendar(request: HttpRequest, year: int = 0) -> HttpResponse:
    """The exceptional days of a year; POST sets or clears one."""
    year = year or timezone.localdate().year
    if not EARLIEST <= year <= LATEST:
        raise Http404
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_day(by=asker(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("calendar", year=form.cleaned_data["day"].year)
    context = {
        "form": form,
        "year": year,
        "published": CalendarYear.objects.filter(year=year).first(),
        "days": CalendarDay.objects.filter(day__range=(dt.date(year, 1, 1), dt.date(year, 12, 31))),
    }
    return render(request, "directory/calendar.html", context)


@guarded(SYSTEM_ADMIN)
def reference(request: HttpRequest) -> HttpResponse:
    """The reference data as they stand: regions, focus areas, years of the working calendar."""
    context = {"regions": leagues(), "areas": focus_areas(), "years": calendar_years()}
    return render(request, "directory/reference.html", context)
