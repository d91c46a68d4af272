"""Entries of spending: the list, typing one, taking a list of the finance system after looking through it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.policies import PERSON
from projects import rules as who
from projects.actions.spending import hand_in_spending, record_spending, strike_spending, take_spending
from projects.definitions.spending import spending_rules
from projects.enums import ProjectState
from projects.forms.payments import StrikeForm
from projects.forms.spending import EntryForm, SpendingFileForm
from projects.models import Project, Spending, SpendingFile
from projects.queries.kept_rules import scheme_of
from projects.slips import RIGHT
from projects.spending.outcome import NEW, REFUSED, SAME, asked_about, counts
from projects.views.money import answer_form, running_project
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import SIGNED_IN, guarded

PAGE = 50
SHOWN_FILES = 10
OUTCOMES = {
    REFUSED: (gettext_lazy("refused rows"), "no"),
    NEW: (gettext_lazy("new entries"), "ok"),
    SAME: (gettext_lazy("written down already"), ""),
}


def _own(request: HttpRequest, project: Project) -> Project:
    """404 for whoever does not write down what the project spends."""
    if not who.keeps_accounts(project, request.user):
        raise Http404
    return project


@guarded(SIGNED_IN)
def entries(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The entries of a project, of one category where asked, struck-out ones marked."""
    found = running_project(request, uid)
    asked = request.GET.get("category", "")
    rows = Spending.objects.filter(project=found).select_related("by__person")
    shown = rows.filter(category=asked) if asked in spending_rules().categories else rows
    context = {
        "project": found,
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "asked": asked if asked in spending_rules().categories else "",
        "files": found.spending_files.defer("rows").select_related("by__person")[:SHOWN_FILES],
        "may_account": who.keeps_accounts(found, request.user) and found.state == ProjectState.ACTIVE,
    }
    return render(request, "projects/spending/entries.html", context)


@guarded(PERSON, "GET", "POST")
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Type one entry."""
    found = _own(request, running_project(request, uid))
    form = EntryForm(request.POST or None, scheme=scheme_of(found), whole=found.grant + found.own)
    heading = {"heading": _("Type an entry"), "lead": f"{found.number} {found.title}"}
    context = {**heading, "cancel_url": reverse("spending", args=[found.uid])}
    return answer_form(
        request, form, lambda: record_spending(project=found, entry=form.typed, by=asker(request)), context
    )


@guarded(PERSON, "GET", "POST")
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Strike out an entry."""
    rows = Spending.objects.visible_to(request.user).filter(struck_at=None).select_related("project")
    one = get_object_or_404(rows, uid=uid)
    _own(request, one.project)
    form = StrikeForm(request.POST or None)
    lead = f"{one.project.number} · {one.voucher} · {one.amount}"
    context = {"heading": _("Strike out"), "lead": lead, "grave": True}
    context["cancel_url"] = reverse("spending", args=[one.project.uid])

    def do() -> None:
        strike_spending(spending=one, by=asker(request), why=form.cleaned_data["why"])

    return answer_form(request, form, do, context)


@guarded(PERSON, "GET", "POST")
def hand_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand in a list; the preview is next."""
    found = _own(request, running_project(request, uid))
    posted = request.method == "POST"
    form = SpendingFileForm(request.POST, request.FILES) if posted else SpendingFileForm()
    reasons: tuple[Reason, ...] = ()
    if posted and form.is_valid():
        try:
            return redirect(hand_in_spending(project=found, upload=form.cleaned_data["file"], by=asker(request)))
        except Refused as refused:
            reasons = tuple(refused.reasons)
    context = {
        "project": found,
        "form": form,
        "reasons": reasons,
        "heading": _("Take a list of the finance system"),
        "lead": f"{found.number} {found.title}",
        "submit_label": _("Look through it"),
        "cancel_url": reverse("spending", args=[found.uid]),
        "heads": _heads(),
    }
    return render(request, "projects/spending/import.html", context, status=409 if reasons else 200)


@guarded(PERSON, "GET", "POST")
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The preview of a list, row by row; POST takes it."""
    rows = SpendingFile.objects.visible_to(request.user).select_related("project__contract", "project__organisation")
    found = get_object_or_404(rows, uid=uid)
    _own(request, found.project)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            take_spending(file=found, by=asker(request), as_typed=request.POST.get(RIGHT) == found.sha256)
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("The list of spending is taken."))
            return redirect("spending", uid=found.project.uid)
    context = {"file": found, "project": found.project, "reasons": reasons, **_preview(request, found)}
    return render(request, "projects/spending/file.html", context, status=409 if reasons else 200)


def _preview(request: HttpRequest, found: SpendingFile) -> dict[str, Any]:
    asked, counted = request.GET.get("outcome", ""), counts(found.rows)
    rows = [row for row in found.rows if asked not in OUTCOMES or row["outcome"] == asked]
    page = Paginator(sorted(rows, key=_urgency), PAGE).get_page(request.GET.get("page"))
    takeable = not (found.taken_at or counted[REFUSED]) and bool(counted[NEW])
    return {
        "page": page,
        "lines": [(row, OUTCOMES[row["outcome"]][0], _tone(row)) for row in page.object_list],
        "counts": counted,
        "asked_about": 0 if found.taken_at else asked_about(found.rows),
        "outcomes": [(name, label, tone, counted[name]) for name, (label, tone) in OUTCOMES.items()],
        "asked": asked if asked in OUTCOMES else "",
        "may_take": takeable and found.project.state == ProjectState.ACTIVE,
    }


def _tone(row: dict[str, Any]) -> str:
    return "warn" if row.get("doubts") else OUTCOMES[row["outcome"]][1]


def _urgency(row: dict[str, Any]) -> int:
    """What has to be looked at comes first: refused rows, then amounts that are asked about."""
    return 0 if row["outcome"] == REFUSED else 1 if row.get("doubts") else 2


def _heads() -> list[tuple[str, tuple[str, ...], bool]]:
    rules = spending_rules()
    return [(names[0], names[1:], key in rules.required) for key, names in rules.heads.items()]
