"""Pilots and credit grades: the list with its history, proposing, the record of one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.policies import role_policy
from projects import rules as who
from projects.actions.standing import propose_standing
from projects.enums import GIVEN_STANDINGS
from projects.forms.standing import StandingFilter, StandingForm
from projects.models import ChannelStanding
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

PAGE = 50
STANDINGS = role_policy(Role.PROGRAMME_OFFICER, Role.DECISION_MAKER, Role.AUDITOR, Role.INTEGRITY_OFFICER)
PROPOSERS = role_policy(Role.PROGRAMME_OFFICER, Role.INTEGRITY_OFFICER)


@guarded(STANDINGS)
def standings(request: HttpRequest) -> HttpResponse:
    """What organisations were given, the last first; filters in the address."""
    filters = StandingFilter(request.GET)
    rows = filters.apply(ChannelStanding.objects.visible_to(request.user)).select_related("organisation")
    context = {
        "filters": filters,
        "page": Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page")),
        "may_propose": who.proposes_standing(None, request.user),
    }
    return render(request, "projects/channel/standings.html", context)


@guarded(STANDINGS)
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One of them, and what else the organisation was given."""
    rows = ChannelStanding.objects.visible_to(request.user).select_related(
        "organisation", "proposed_by__person", "approved_by__person"
    )
    found: ChannelStanding = get_object_or_404(rows, uid=uid)
    others = ChannelStanding.objects.filter(organisation=found.organisation_id, state__in=GIVEN_STANDINGS)
    context = {
        "record": found,
        "standing": found,
        "others": others.exclude(pk=found.pk).select_related("organisation").order_by("-valid_from", "-pk")[:PAGE],
    }
    return render(request, "projects/channel/standing.html", context)


@guarded(PROPOSERS, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Propose pilot status or a grade; what is refused keeps what was typed (409)."""
    form = StandingForm(request.POST or None)
    reasons: Sequence[Reason] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_standing(
                organisation=form.cleaned_data["organisation"], wanted=form.wanted(), by=asker(request)
            )
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Proposed: a second person approves it."))
            return redirect(made)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Give pilot status or a credit grade"),
        "lead": _("It counts for changes of budgets asked for from its day on, once another person has approved it."),
        "submit_label": _("Propose"),
        "cancel_url": reverse("channel-standings"),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)
