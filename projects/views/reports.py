"""Reports on projects: the list, one of them with its figures, writing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.policies import PERSON
from projects import rules as who
from projects.actions.reports import save_report
from projects.definitions.report import report_rules
from projects.enums import OPEN_REPORTS, ReportState
from projects.forms.reports import ReportForm
from projects.models import Report
from projects.queries.reports import consequences, figures_of, readable
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import SIGNED_IN, guarded

PAGE = 50
OVERDUE = "overdue"


@guarded(PERSON)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that the asker sees, the next due first, by where they stand."""
    rows = Report.objects.visible_to(request.user).select_related("project__organisation", "project__investigator")
    state = request.GET.get("state", "")
    if state in ReportState.values:
        rows = rows.filter(state=state)
    elif state == OVERDUE:
        rows = rows.filter(state__in=OPEN_REPORTS, submitted_at=None, due_at__lte=timezone.now())
    context = {
        "page": Paginator(rows.defer("content"), PAGE).get_page(request.GET.get("page")),
        "state": state if state in (*ReportState.values, OVERDUE) else "",
        "states": list(ReportState),
    }
    return render(request, "projects/report/list.html", context)


def _report(request: HttpRequest, uid: UUID) -> Report:
    rows = Report.objects.visible_to(request.user)
    found: Report = get_object_or_404(
        rows.select_related("project__organisation", "project__investigator", "project__contract"), uid=uid
    )
    return found


@guarded(SIGNED_IN)
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of a report: the figures as submitted, or as they stand while it is written."""
    found = _report(request, uid)
    context = {
        "report": found,
        "record": found,
        "figures": readable(figures_of(found) if found.is_open else found.content),
        "texts": _texts(found),
        "rules": report_rules(),
        "consequences": consequences(),
        "may_write": found.is_open and who.writes_report(found, request.user),
    }
    return render(request, "projects/report/record.html", context)


def _texts(found: Report) -> list[tuple[Any, str]]:
    labels = {name: field.label for name, field in ReportForm.base_fields.items()}
    known = vars(found) if found.is_open else found.content["texts"]
    return [(labels[name], known[name]) for name in ("progress", "problems", "next_steps")]


@guarded(PERSON, "GET", "POST")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the texts, for the investigator and who may write for them."""
    found = _report(request, uid)
    if not (found.is_open and who.writes_report(found, request.user)):
        raise Http404
    form = ReportForm(request.POST or None, initial=vars(found))
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            save_report(report=found, texts=form.texts, expected_version=version, by=asker(request))
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": f"{found.get_kind_display()} {found.year}",
        "lead": f"{found.project.number} {found.project.title}",
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)
