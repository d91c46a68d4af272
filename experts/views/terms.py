"""The officer's page of the terms of a round."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER
from experts.actions.ranking import is_scored
from experts.actions.terms import set_terms, terms_refusals
from experts.forms.terms import TermsForm
from experts.views.officer import seen
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def round_terms(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How long an invitation can be answered, from which spread scores diverge, whether one more expert is proposed."""
    found = seen(request, uid)
    form = TermsForm(request.POST if request.method == "POST" else None, review_round=found, frozen=is_scored(found))
    reasons: Any = terms_refusals(found)
    if request.method == "POST" and form.is_valid():
        try:
            set_terms(review_round=found, by=asker(request), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The terms of the round are set."))
            return redirect("round", uid=uid)
    asked = request.method == "POST"
    context = {
        "form": form,
        "heading": _("Answers and divergence"),
        "reasons": reasons,
        "cancel_url": reverse("round", args=[uid]),
    }
    return render(request, "form.html", context, status=(409 if reasons else 422) if asked else 200)
