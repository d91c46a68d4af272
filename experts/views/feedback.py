"""Opinions as applicants will read them: the preview, redactions, sending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER, READER
from experts.actions.feedback import redact_opinion, release_opinions
from experts.enums import DONE_ASSIGNMENTS, Switch
from experts.forms.feedback import RedactionForm
from experts.models import ReviewRound, ScoreSheet
from experts.queries.feedback import feedback, release_refusals
from experts.queries.phases import ask_department
from experts.rules import is_officer
from experts.views.officer import seen
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded

PAGE = 50


def with_opinions(request: HttpRequest, uid: UUID) -> ReviewRound:
    """A round whose phase shows its opinions to the department; Refused (not yet) otherwise."""
    found = seen(request, uid)
    ask_department(found, Switch.OPINIONS)
    return found


@guarded(READER)
def round_opinions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every opinion as the applicant reads it; what is in the way of sending."""
    found = with_opinions(request, uid)
    context = {
        "round": found,
        "page": Paginator(feedback(found), PAGE).get_page(request.GET.get("page")),
        "reasons": release_refusals(found),
        "may_edit": is_officer(found, request.user) and found.ranked_at and not found.opinions_released_at,
    }
    return render(request, "experts/opinions.html", context)


@guarded(PROGRAMME_OFFICER, "POST")
def round_release(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the opinions to the applicants."""
    release_opinions(review_round=seen(request, uid), by=asker(request))
    messages.success(request, _("The opinions go to the applicants now."))
    return redirect("round_opinions", uid=uid)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def opinion_redact(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Change what the applicant reads of one opinion, with the reason."""
    found = with_opinions(request, uid)
    rows = ScoreSheet.objects.filter(assignment__round=found, assignment__state__in=DONE_ASSIGNMENTS)
    sheet = get_object_or_404(rows.select_related("assignment__round", "redaction"), pk=pk)
    redaction = getattr(sheet, "redaction", None)
    present = {"text": sheet.opinion} if redaction is None else {"text": redaction.text, "reason": redaction.reason}
    form = RedactionForm(request.POST or None, initial=present)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            redact_opinion(sheet=sheet, by=asker(request), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Saved."))
            return redirect("round_opinions", uid=uid)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("What the applicant reads"),
        "cancel_url": reverse("round_opinions", args=[uid]),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)
