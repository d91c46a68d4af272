"""Roles, for the system administrator: who holds what, since when, granted by whom; granting, confirming, ending."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.actions.roles import confirm_role, end_role, grant_role, is_last
from directory.enums import Role
from directory.exports import role_workbook
from directory.faults import show
from directory.forms.roles import RoleFilter, RoleForm
from directory.models import RoleGrant
from directory.policies import SYSTEM_ADMIN
from directory.queries.standing import standing
from directory.views.asker import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded(SYSTEM_ADMIN)
def roles(request: HttpRequest) -> HttpResponse:
    """The grants, those in force unless the filter asks for others; filters in the address."""
    filters = RoleFilter(request.GET)
    page = Paginator(filters.rows(), PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/roles.html", {"filters": filters, "page": page, "now": timezone.now()})


@guarded(SYSTEM_ADMIN)
def roles_export(request: HttpRequest) -> HttpResponse:
    """The same list as a spreadsheet, under the same filters."""
    response = HttpResponse(role_workbook(RoleFilter(request.GET).rows()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="roles-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


@guarded(SYSTEM_ADMIN, "GET", "POST")
def role_grant(request: HttpRequest) -> HttpResponse:
    """Grant a role, within an organisation and for a term where wanted."""
    form = RoleForm(request.POST or None)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            grant_role(
                person=data["email"].person,
                role=Role(data["role"]),
                organisation=data["organisation"],
                until=_end_of(data["until"]),
                by=asker(request),
            )
        except Refused as refusal:
            reasons = show(form, refusal)
        else:
            messages.success(request, _("Granted."))
            return redirect("roles")
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Grant a role"),
        "lead": _("It holds from the person's next request. Staff roles ask for a second factor first."),
        "submit_label": pgettext("a role", "Grant"),
        "cancel_url": reverse("roles"),
    }
    return render(request, "form.html", context)


def _end_of(day: dt.date | None) -> dt.datetime | None:
    """Midnight after the last day of a term."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)) if day else None


@guarded(SYSTEM_ADMIN, "GET", "POST")
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role now: GET says what follows, POST does it; the last administrator stays."""
    grant = get_object_or_404(RoleGrant.objects.in_force().select_related("person", "organisation"), pk=pk)
    reasons: list[Reason] = []
    if request.method == "POST":
        try:
            end_role(grant=grant, by=asker(request))
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, _("Ended."))
            return redirect("roles")
    own = grant.person_id == standing(request.user).person_id
    context = {"grant": grant, "own": own, "last": is_last(grant), "reasons": reasons}
    return render(request, "directory/role_end.html", context, status=409 if reasons else 200)


@guarded(SYSTEM_ADMIN, "POST")
def role_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a role is still needed."""
    confirm_role(grant=get_object_or_404(RoleGrant, pk=pk), by=asker(request))
    messages.success(request, _("Confirmed."))
    return redirect("roles")
