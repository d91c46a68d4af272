"""The officer's pages of names found in anonymous dossiers: the list of a round, one ruling."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from directory.policies import PROGRAMME_OFFICER, READER
from experts.actions.naming import rule_on_name
from experts.enums import NameVerdict
from experts.forms.naming import NameForm
from experts.models import NameFinding
from experts.queries.naming import name_counts
from experts.rules import is_officer
from experts.views.officer import PAGE, seen
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded


@guarded(READER)
def round_names(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was found in the dossiers of a round, what waits for a ruling first."""
    found = seen(request, uid)
    rows = NameFinding.objects.visible_to(request.user).filter(dossier__round=found).select_related("dossier")
    waiting = request.GET.get("show") != "all"
    if waiting:
        rows = rows.filter(verdict=NameVerdict.OPEN)
    page = Paginator(rows.select_related("by__person"), PAGE).get_page(request.GET.get("page"))
    context = {
        "round": found,
        "page": page,
        "waiting": waiting,
        "counts": name_counts(found),
        "may_rule": is_officer(found, request.user),
    }
    return render(request, "experts/names.html", context)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def name_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule about one find."""
    rows = NameFinding.objects.visible_to(request.user).select_related("dossier__round")
    found = get_object_or_404(rows, pk=pk, dossier__round__isnull=False)
    initial = {"verdict": NameVerdict.CUT if found.verdict == NameVerdict.OPEN else found.verdict}
    form = NameForm(request.POST if request.method == "POST" else None, initial={**initial, "reason": found.reason})
    reasons: object = ()
    if request.method == "POST" and form.is_valid():
        verdict, reason = NameVerdict(form.cleaned_data["verdict"]), form.cleaned_data["reason"]
        try:
            rule_on_name(finding=found, verdict=verdict, reason=reason, by=asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            return redirect("round_names", uid=found.dossier.round.uid)
    status = 409 if reasons else 422 if request.method == "POST" else 200
    return render(request, "experts/name.html", {"found": found, "form": form, "reasons": reasons}, status=status)
