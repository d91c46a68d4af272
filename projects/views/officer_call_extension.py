"""Proposing later deadlines for a published call."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER
from projects.actions.call_extension import propose_extension
from projects.forms.call import ExtensionForm
from projects.models import Call
from projects.views.officer_calls import call_or_404
from workflows.errors import Reason, Refused
from workflows.policies import guarded


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_extend(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Type the new deadlines in the zone of the call; what is refused keeps what was typed (409)."""
    call = call_or_404(request, uid)
    with timezone.override(ZoneInfo(call.zone)):
        return _extend(request, call)


def _extend(request: HttpRequest, call: Call) -> HttpResponse:
    present: dict[str, Any] = {name: getattr(call, name) for name in ("filing_deadline", "recommendation_deadline")}
    form = ExtensionForm(request.POST or None, initial=present)
    reasons: Sequence[Reason] = ()
    if request.method == "POST" and form.is_valid():
        try:
            propose_extension(call=call, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # signed in by policy
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Proposed: a second person approves it."))
            return redirect("officer_call", call.uid)
    context = {
        "form": form,
        "heading": _("Extend the deadlines"),
        "lead": _("%(title)s: nothing changes before a second person has approved.") % {"title": call.title},
        "reasons": reasons,
        "submit_label": _("Propose"),
        "cancel_url": reverse("officer_call", args=[call.uid]),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)
