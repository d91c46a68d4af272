"""Changes of projects on record: the list, one of them, deciding; supplementary contracts and their signatures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from projects.actions.change_decision import decide_change
from projects.actions.supplement import sign_supplement
from projects.enums import ChangeState
from projects.forms.change import DecisionForm
from projects.models import ProjectChange, Supplement
from projects.queries.change_words import LABELS, heading
from projects.queries.contract_versions import compare_texts
from projects.queries.deciding_changes import against, routes_of, step_for
from projects.queries.signatures import routes_of as signatures_of
from projects.queries.signatures import step_for as place_of
from workflows.actors import asker
from workflows.enums import Verdict
from workflows.errors import Refused
from workflows.files import files_of
from workflows.policies import SIGNED_IN, guarded

PAGE = 50
Context = dict[str, Any]


@guarded(SIGNED_IN)
def changes(request: HttpRequest) -> HttpResponse:
    """The changes of projects that the asker sees, the newest first, by where they stand."""
    rows = ProjectChange.objects.visible_to(request.user).select_related("project__organisation")
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in ChangeState.values else rows
    context = {
        "page": Paginator(shown.order_by("-pk"), PAGE).get_page(request.GET.get("page")),
        "state": state if state in ChangeState.values else "",
        "states": [one for one in ChangeState if one != ChangeState.DRAFT],
    }
    return render(request, "projects/change/list.html", context)


def _change(request: HttpRequest, uid: UUID) -> ProjectChange:
    rows = ProjectChange.objects.visible_to(request.user).select_related(
        "project__organisation__authority", "project__investigator", "asked_by__person", "supplement"
    )
    found: ProjectChange = get_object_or_404(rows, uid=uid)
    return found


@guarded(SIGNED_IN)
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of one change: what changes, who decides by which rule, what was said."""
    return render(request, "projects/change/record.html", _recorded(request, _change(request, uid)))


def _recorded(request: HttpRequest, found: ProjectChange) -> Context:
    step = step_for(found, request.user)
    return {
        "change": found,
        "heading": heading(found.number, found.kind),
        "rows": [(LABELS[key], old, new) for key, old, new in found.rows],
        "papers": list(files_of(found, "paper")),
        "routes": routes_of(found),
        "step": step,
        "against": against(found) if step else [],
        "form": DecisionForm(),
    }


@guarded(SIGNED_IN, "POST")
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Approve, or reject with a reason, at one's turn."""
    found = _change(request, uid)
    form = DecisionForm(request.POST)
    verdict = Verdict.REFUSE if "reject" in request.POST else Verdict.APPROVE
    if form.is_valid():
        try:
            decide_change(change=found, verdict=verdict, by=asker(request), note=form.cleaned_data["note"])
        except Refused as refusal:
            context = {**_recorded(request, _change(request, uid)), "form": form, "reasons": refusal.reasons}
            return render(request, "projects/change/record.html", context, status=409)
        messages.success(request, _("Rejected.") if verdict == Verdict.REFUSE else _("Approved."))
        return redirect(found)
    return render(request, "projects/change/record.html", {**_recorded(request, found), "form": form}, status=400)


def _supplement(request: HttpRequest, uid: UUID) -> Supplement:
    rows = Supplement.objects.visible_to(request.user).select_related(
        "project__organisation__authority", "project__investigator", "project__contract", "text__contract", "change"
    )
    found: Supplement = get_object_or_404(rows, uid=uid)
    return found


@guarded(SIGNED_IN)
def supplement(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A supplementary contract: what it changes in the text, who has signed, whose turn it is."""
    found = _supplement(request, uid)
    before = found.text.contract.versions.filter(number__lt=found.text.number).order_by("-number").first()
    context = {
        "supplement": found,
        "old": before,
        "sections": [one for one in compare_texts(before, found.text) if one.changes] if before else [],
        "routes": signatures_of(found),
        "step": place_of(found, request.user),
    }
    return render(request, "projects/supplement/record.html", context)


@guarded(SIGNED_IN, "POST")
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Sign a supplementary contract at one's turn."""
    found = _supplement(request, uid)
    try:
        sign_supplement(supplement=found, by=asker(request), sha256=request.POST.get("sha256", ""))
        messages.success(request, _("Signed."))
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, f"{reason.text} {reason.mend}")
    return redirect(found)
