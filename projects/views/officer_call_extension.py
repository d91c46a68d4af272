"""Proposing later deadlines for a published call."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
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
    form = ExtensionForm(request.POST or None, call=call)
    reasons: Sequence[Reason] = ()
    if request.method == "POST" and form.is_valid():
        try:
            propose_extension(call=call, by=request.user, **form.facts())  # type: ignore[arg-type]  # signed in by policy
        except Refused as refusal:
            reasons = refusal.reasons
            if "less_time" in refusal.codes:
                form.ask_less_time()
        else:
            messages.success(request, _("Proposed: a second person approves it."))
            return redirect("officer_call", call.uid)
    context = {
        "form": form,
        "heading": _("Extend the deadlines"),
        "lead": _lead(call),
        "reasons": reasons,
        "submit_label": _("Propose"),
        "cancel_url": reverse("officer_call", args=[call.uid]),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)


def _lead(call: Call) -> str:
    """What is extended, the deadlines as they are, and that it takes two."""
    lead = _("%(title)s: nothing changes before a second person has approved.") % {"title": call.title}
    if call.recommendation_deadline is None:
        return lead
    present = _("Recommendation ends %(until)s now.") % {
        "until": f"{timezone.localtime(call.recommendation_deadline):%Y-%m-%d %H:%M}"
    }
    return f"{lead} {present}"
