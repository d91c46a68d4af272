"""Acceptances: the list, one of them, writing it, the experts' opinion, the proposed outcome; the public list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.policies import PERSON
from projects import rules as who
from projects.actions.acceptance import enter_opinion, propose_outcome, save_acceptance
from projects.actions.appeal import can_be_appealed
from projects.definitions.acceptance import acceptance_rules
from projects.enums import OPEN_ACCEPTANCES, AcceptanceOutcome, AcceptanceState, ProjectState
from projects.forms.acceptance import FilingForm, OpinionForm, ProposalOfOutcomeForm
from projects.models import Acceptance, AcceptanceAppeal
from projects.queries.acceptance import attainments, published, shown
from projects.queries.acceptance_review import (
    earlier_rounds,
    findings_are_open,
    opinion_for_others,
    review_of,
    reviews_of,
)
from projects.queries.repayments import still_owed
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import PUBLIC, SIGNED_IN, guarded

PAGE = 50
OVERDUE = "overdue"
ENDS = tuple(one for one in AcceptanceOutcome if one != AcceptanceOutcome.RECTIFY)


@guarded(PERSON)
def acceptances(request: HttpRequest) -> HttpResponse:
    """The acceptances that the asker sees, the next due first, by where they stand."""
    parts = ("project__organisation", "project__investigator", "appeal")
    rows = Acceptance.objects.visible_to(request.user).select_related(*parts)
    state = request.GET.get("state", "")
    if state in AcceptanceState.values:
        rows = rows.filter(state=state)
    elif state == OVERDUE:
        rows = rows.filter(state__in=OPEN_ACCEPTANCES, due_at__lte=timezone.now(), project__state=ProjectState.ACTIVE)
    page = Paginator(rows.defer("content"), PAGE).get_page(request.GET.get("page"))
    under_review = reviews_of([one for one in page if one.state == AcceptanceState.IN_REVIEW], request.user)
    context = {
        "page": page,
        "shown": [(one, under_review.get(one.pk)) for one in page],
        "state": state if state in (*AcceptanceState.values, OVERDUE) else "",
        "states": list(AcceptanceState),
        "may_send": who.is_officer(None, request.user),
    }
    return render(request, "projects/acceptance/list.html", context)


def _acceptance(request: HttpRequest, uid: UUID) -> Acceptance:
    rows = Acceptance.objects.visible_to(request.user).select_related(
        "project__organisation__authority", "project__investigator", "project__contract"
    )
    found: Acceptance = get_object_or_404(rows, uid=uid)
    return found


@guarded(SIGNED_IN)
def acceptance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of an acceptance: as filed, or as it stands while it is written."""
    found = _acceptance(request, uid)
    rules = acceptance_rules()
    context = {
        "acceptance": found,
        "record": found,
        "shown": shown(found),
        "rules": rules,
        "organiser": rules.organiser(found.project.grant),
        "surplus_use": getattr(rules.surplus, found.outcome, "") if found.decided_at else "",
        **_heard(found, request.user),
        "appeal": AcceptanceAppeal.objects.filter(acceptance=found).first(),
        "may_appeal": can_be_appealed(found) and who.may_appeal(found, request.user),
        "may_write": found.is_open and who.is_investigator(found, request.user),
        "may_return": _may_return(found, request.user),
        "sees_proposal": bool(found.decided_at) or who.is_department(found, request.user),
    }
    return render(request, "projects/acceptance/record.html", context)


def _may_return(found: Acceptance, user: Any) -> bool:
    """Whether money is still to be returned, and the asker is who writes that down."""
    project = found.project
    return bool(project.to_return) and who.returns_money(project, user) and bool(still_owed(project))


def _heard(found: Acceptance, user: Any) -> dict[str, Any]:
    """The review for those who follow it, and what experts found as far as the asker reads it."""
    review = review_of(found, user)
    reads = review is not None or findings_are_open(found)
    return {
        "review": review,
        "earlier": earlier_rounds(found, user),
        "heard": [line for line in found.experts.splitlines() if line.strip()] if reads else [],
        "said": found.opinion if review is not None else opinion_for_others(found) if reads else "",
    }


@guarded(PERSON, "GET", "POST")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the texts and how far each target was reached, for the investigator."""
    found = _acceptance(request, uid)
    if not (found.is_open and who.is_investigator(found, request.user)):
        raise Http404
    form = FilingForm(request.POST or None, initial=vars(found), targets=attainments(found))

    def save() -> None:
        version = form.cleaned_data["version"]
        save_acceptance(acceptance=found, filing=form.filing, expected_version=version, by=asker(request))

    return _written(request, found, form, save, _("Acceptance"))


@guarded(PERSON, "GET", "POST")
def opinion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the experts found, for the organiser."""
    found = _acceptance(request, uid)
    late = request.method == "POST" and found.state == AcceptanceState.IN_REVIEW
    if not (found.state == AcceptanceState.CHECKED or late) or not who.organises(found, request.user):
        raise Http404
    form = OpinionForm(request.POST or None)

    def save() -> None:
        enter_opinion(acceptance=found, opinion=form.typed, by=asker(request))

    return _written(request, found, form, save, _("Opinion of the experts"))


@guarded(PERSON, "GET", "POST")
def proposal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The proposed outcome, for an officer."""
    found = _acceptance(request, uid)
    if found.state != AcceptanceState.OPINED or not who.is_officer(found, request.user):
        raise Http404
    form = ProposalOfOutcomeForm(request.POST or None, suggested=found.suggested)

    def save() -> None:
        propose_outcome(acceptance=found, **form.cleaned_data, by=asker(request))

    return _written(request, found, form, save, pgettext("acceptance", "Propose the outcome"))


def _written(request: HttpRequest, found: Acceptance, form: forms.Form, save: Any, heading: str) -> HttpResponse:
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": heading,
        "lead": f"{found.project.number} {found.project.title}",
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)


@guarded(PUBLIC)
def outcomes(request: HttpRequest) -> HttpResponse:
    """What acceptances ended with, for everybody; by words and outcome."""
    words, outcome = request.GET.get("q", "")[:100], request.GET.get("outcome", "")
    outcome = outcome if outcome in ENDS else ""
    page = Paginator(published(words, outcome), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "outcome": outcome, "ends": ENDS, "now": timezone.now()}
    return render(request, "projects/acceptance/outcomes.html", context)
