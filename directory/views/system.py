"""Pages of the system administrator: roles, the working calendar."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.calendar import set_day
from directory.actions.roles import end_role, grant_role, in_force
from directory.enums import Role
from directory.forms.calendar import DayForm
from directory.forms.organisation import RoleForm
from directory.models import CalendarDay, CalendarYear, RoleGrant, User
from directory.policies import SYSTEM_ADMIN
from directory.views.asker import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

PAGE = 50
EARLIEST, LATEST = 1990, 2100


@guarded(SYSTEM_ADMIN, "GET", "POST")
def roles(request: HttpRequest) -> HttpResponse:
    """Roles in force, and granting one."""
    form = RoleForm(request.POST or None)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(email=form.cleaned_data["email"].lower()).select_related("person").first()
        if user is None or getattr(user, "person", None) is None:
            form.add_error("email", _("No person has an account with this address."))
        else:
            try:
                grant_role(
                    person=user.person,
                    role=Role(form.cleaned_data["role"]),
                    organisation=form.cleaned_data["organisation"],
                    by=asker(request),
                )
            except Refused as refusal:
                reasons = list(refusal.reasons)
            else:
                messages.success(request, _("Granted."))
                return redirect("roles")
    rows = in_force().select_related("person", "organisation").order_by("role", "person__name", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/roles.html", {"form": form, "page": page, "reasons": reasons})


@guarded(SYSTEM_ADMIN, "POST")
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role now; refused for the last administrator (the refusal has its own page)."""
    end_role(grant=get_object_or_404(RoleGrant, pk=pk), by=asker(request))
    messages.success(request, _("Ended."))
    return redirect("roles")


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
