"""Asking for a change of a project: which kinds there are for the asker, and the form of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON
from projects.actions.change import ask_change
from projects.enums import ChangeKind, ChangeState
from projects.forms.change import FORMS, ChangeForm
from projects.models import Project
from projects.queries.change_offers import Offer, offers
from projects.queries.payments import paid_of
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

ABOUT_MONEY = (ChangeKind.TERMINATION, ChangeKind.REVOCATION)


def _offers(request: HttpRequest, uid: UUID) -> tuple[Project, list[Offer]]:
    """The project and what the asker may have changed; 404 for who may ask for nothing."""
    rows = Project.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("contract", "organisation__authority", "investigator"), uid=uid)
    mine = offers(found, request.user)
    if not mine:
        raise Http404
    return found, mine


@guarded(PERSON)
def kinds(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The kinds of changes that the asker can begin, with who decides on each."""
    project, mine = _offers(request, uid)
    return render(request, "projects/change/kinds.html", {"project": project, "offers": mine})


@guarded(PERSON, "GET", "POST")
def ask(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Ask for a change of a kind; what is refused keeps what was typed (409)."""
    project, mine = _offers(request, uid)
    offer = next((one for one in mine if one.kind == kind), None)
    if offer is None:
        raise Http404
    if request.method != "POST":
        form = FORMS[offer.kind](project=project)
        return render(request, "projects/change/ask.html", _context(project, offer, form, offer.refusals))
    form = FORMS[offer.kind](request.POST, request.FILES, project=project)
    return _send(request, project, offer, form)


def _send(request: HttpRequest, project: Project, offer: Offer, form: ChangeForm) -> HttpResponse:
    reasons: tuple[Reason, ...] = ()
    if form.is_valid():
        try:
            made = ask_change(project=project, wish=form.wish(offer.kind), by=asker(request))
        except Refused as refusal:
            reasons = tuple(refusal.reasons)
        else:
            said = _("Recorded at once.") if made.state == ChangeState.RECORDED else _("Sent to who decides.")
            messages.success(request, said)
            return redirect(made)
    context = _context(project, offer, form, reasons)
    return render(request, "projects/change/ask.html", context, status=409 if reasons else 200)


def _context(project: Project, offer: Offer, form: ChangeForm, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    return {
        "project": project,
        "offer": offer,
        "form": form,
        "reasons": reasons,
        "blocked": bool(offer.refusals) and not form.is_bound,
        "paid": paid_of(project) if offer.kind in ABOUT_MONEY else None,
        "heading": _("Change: %(kind)s") % {"kind": offer.kind.label},
        "submit_label": _("Record the change") if offer.route == "notice" else _("Send"),
        "cancel_url": project.get_absolute_url(),
        "grave": offer.kind in ABOUT_MONEY,
    }
