"""Changes of budgets on record: the list, one of them, deciding on it, and what an organisation rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.models import Organisation
from directory.policies import ORGANISATION_ADMIN
from directory.queries.standing import standing
from projects import rules as who
from projects.actions.adjustment_decision import decide_adjustment
from projects.actions.adjustment_policy import rule_adjustments
from projects.enums import AdjustmentState
from projects.forms.adjustment import DecisionForm, PolicyForm
from projects.models import Adjustment
from projects.queries.deciding_adjustments import against, routes_of, step_for
from projects.queries.ledger import policy_of
from projects.queries.standings import own_standings
from workflows.actors import asker
from workflows.enums import Verdict
from workflows.errors import Refused
from workflows.policies import SIGNED_IN, guarded

PAGE = 50
Context = dict[str, Any]


@guarded(SIGNED_IN)
def adjustments(request: HttpRequest) -> HttpResponse:
    """The changes of budgets that the asker sees, the newest first, by where they stand."""
    rows = Adjustment.objects.visible_to(request.user).select_related("project__organisation", "project__investigator")
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in AdjustmentState.values else rows
    page = Paginator(shown.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state if state in AdjustmentState.values else "",
        "states": [one for one in AdjustmentState if one != AdjustmentState.DRAFT],
        "policies": Organisation.objects.filter(pk__in=standing(request.user).admin_of),
        "standings": own_standings(standing(request.user).admin_of),
    }
    return render(request, "projects/adjustment/list.html", context)


def _record(request: HttpRequest, uid: UUID) -> Adjustment:
    rows = Adjustment.objects.visible_to(request.user)
    found: Adjustment = get_object_or_404(
        rows.select_related("project__organisation", "project__investigator", "asked_by__person"), uid=uid
    )
    return found


@guarded(SIGNED_IN)
def adjustment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of one change: what changes, who decides by which rule, what was said."""
    return render(request, "projects/adjustment/record.html", _recorded(request, _record(request, uid)))


def _recorded(request: HttpRequest, found: Adjustment) -> Context:
    step = step_for(found, request.user)
    return {
        "adjustment": found,
        "lines": list(found.lines.select_related("line__organisation")),
        "routes": routes_of(found),
        "step": step,
        "against": against(found) if step else [],
        "form": DecisionForm(),
        "leads": who.leads(found.project, request.user),
    }


@guarded(SIGNED_IN, "POST")
def decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Approve, or reject with a reason, at one's turn."""
    found = _record(request, uid)
    form = DecisionForm(request.POST)
    verdict = Verdict.REFUSE if "reject" in request.POST else Verdict.APPROVE
    if form.is_valid():
        try:
            decide_adjustment(adjustment=found, verdict=verdict, by=asker(request), note=form.cleaned_data["note"])
        except Refused as refusal:
            context = {**_recorded(request, _record(request, uid)), "form": form, "reasons": refusal.reasons}
            return render(request, "projects/adjustment/record.html", context, status=409)
        messages.success(request, _("Rejected.") if verdict == Verdict.REFUSE else _("Approved."))
        return redirect(found)
    return render(request, "projects/adjustment/record.html", {**_recorded(request, found), "form": form}, status=400)


@guarded(ORGANISATION_ADMIN, "GET", "POST")
def policy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What an organisation rules for the budgets of its projects."""
    own = Organisation.objects.filter(pk__in=standing(request.user).admin_of)
    organisation = get_object_or_404(own, uid=uid)
    form = PolicyForm(request.POST or None, instance=policy_of(organisation.pk))
    if request.method == "POST" and form.is_valid():
        rule_adjustments(organisation=organisation, rules=form.rules, by=asker(request))
        messages.success(request, _("Saved. It holds for what is asked from now on."))
        return redirect("adjustments")
    context = {
        "form": form,
        "heading": _("Budget changes: what we rule"),
        "lead": organisation.name,
        "cancel_url": reverse("adjustments"),
    }
    return render(request, "form.html", context)
