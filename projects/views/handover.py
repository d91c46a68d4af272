"""Hand-overs of projects between officers: the list, handing over, the record of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.models import User
from directory.policies import OFFICER, READER
from directory.queries.holders import holders
from projects import rules as who
from projects.actions.handover import hand_over
from projects.forms.handover import HandoverForm
from projects.models import Handover
from projects.queries.in_charge import in_care, shown_projects
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

PAGE = 50


@guarded(READER)
def handovers(request: HttpRequest) -> HttpResponse:
    """All hand-overs, the last first; a decision maker finds the officers whose projects can be handed over."""
    rows = Handover.objects.visible_to(request.user).select_related("giver__person", "receiver__person")
    givers: list[User] = []
    if who.is_decision_maker(None, request.user):
        givers = list(holders(Role.PROGRAMME_OFFICER).select_related("person"))
    elif who.is_officer(None, request.user):
        givers = [asker(request)]
    context = {
        "page": Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page")),
        "givers": givers,
    }
    return render(request, "projects/handover/list.html", context)


@guarded(READER)
def handover(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One hand-over with its projects, and who is in charge of them now."""
    rows = Handover.objects.visible_to(request.user).select_related(
        "giver__person", "receiver__person", "made_by__person"
    )
    found: Handover = get_object_or_404(rows, uid=uid)
    page = Paginator(shown_projects(found), PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/handover/record.html", {"record": found, "handover": found, "page": page})


@guarded(OFFICER, "GET", "POST")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand projects of an officer over: the own ones, any officer's for a decision maker."""
    giver = get_object_or_404(User.objects.select_related("person"), pk=pk)
    if not who.may_hand_over(giver, request.user):
        raise Http404
    form = HandoverForm(request.POST or None, giver=giver)
    reasons: Sequence[Reason] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = hand_over(giver=giver, handing=form.handing(), by=asker(request))
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Handed over; both are told."))
            return redirect(made)
    return render(request, "form.html", _context(giver, form, reasons), status=409 if reasons else 200)


def _context(giver: User, form: HandoverForm, reasons: Sequence[Reason]) -> dict[str, Any]:
    lead = _("%(name)s is in charge of %(number)d projects. Inbox, reminders and the portfolio follow the hand-over.")
    return {
        "form": form,
        "reasons": reasons,
        "heading": _("Hand projects over"),
        "lead": lead % {"name": giver, "number": in_care(giver).count()},
        "submit_label": _("Hand over"),
        "cancel_url": reverse("handovers"),
    }
