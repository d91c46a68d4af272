"""Appeals against the outcome of an acceptance: making one, and its record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.policies import PERSON
from projects import rules as who
from projects.actions.appeal import can_be_appealed, make_appeal
from projects.enums import AcceptanceOutcome
from projects.forms.acceptance import AppealForm
from projects.models import Acceptance, AcceptanceAppeal
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import SIGNED_IN, guarded


@guarded(PERSON, "GET", "POST")
def make(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Appeal, while the outcome is on notice; what is refused keeps what was typed (409)."""
    rows = Acceptance.objects.visible_to(request.user).select_related("project__organisation", "project__investigator")
    found: Acceptance = get_object_or_404(rows, uid=uid)
    if not (who.may_appeal(found, request.user) and can_be_appealed(found)):
        raise Http404
    form = AppealForm(request.POST or None)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = make_appeal(acceptance=found, reason=form.cleaned_data["reason"], by=asker(request))
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Sent to the integrity officers."))
            return redirect(made)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": pgettext("acceptance", "Appeal"),
        "lead": _("%(project)s: the outcome is “%(outcome)s”.")
        % {"project": found, "outcome": found.get_outcome_display()},
        "submit_label": pgettext("acceptance", "Send the appeal"),
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)


@guarded(SIGNED_IN)
def appeal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of an appeal."""
    rows = AcceptanceAppeal.objects.visible_to(request.user).select_related(
        "acceptance__project__organisation", "acceptance__project__investigator", "made_by__person"
    )
    found = get_object_or_404(rows, uid=uid)
    outcome = AcceptanceOutcome(found.outcome).label
    context = {"appeal": found, "record": found, "acceptance": found.acceptance, "outcome": outcome}
    return render(request, "projects/acceptance/appeal.html", context)
