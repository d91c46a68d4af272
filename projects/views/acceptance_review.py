"""Sending checked acceptances to the review service, several at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.policies import PROGRAMME_OFFICER
from projects.actions.acceptance_review import send_to_experts
from projects.definitions.acceptance import acceptance_rules
from projects.definitions.acceptance_review import acceptance_review
from projects.forms.acceptance import ReviewForm
from projects.queries.acceptance_review import to_send
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def send(request: HttpRequest) -> HttpResponse:
    """Choose acceptances and name the round; `acceptance` in the address is chosen already."""
    form = ReviewForm(request.POST or None, initial={"acceptances": request.GET.getlist("acceptance")})
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["acceptances"])
        try:
            made = send_to_experts(acceptances=chosen, title=form.cleaned_data["title"], by=asker(request))
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Handed over. Assign experts now: the acceptances wait for the round."))
            return redirect(reverse("round", args=[made.uid]))
    lead = _("At least %(least)d experts each, one of them of finance; %(days)d days to review.")
    context = {
        "form": form,
        "reasons": reasons,
        "heading": pgettext("acceptance", "Send to the review service"),
        "lead": lead % {"least": acceptance_rules().least_experts, "days": acceptance_review().review_days},
        "submit_label": _("Plan the round"),
        "cancel_url": reverse("acceptances"),
    }
    page = "form.html" if to_send().exists() else "projects/acceptance/none_to_send.html"
    return render(request, page, context, status=409 if reasons else 200)
