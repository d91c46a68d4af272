"""Checking, submitting, the receipt, and what changed between two versions."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON
from projects.actions.submission import submit_proposal
from projects.models import Proposal, ProposalVersion
from projects.queries.comparison import compare
from projects.rules import is_applicant
from projects.views.applicant.desk import open_desk
from projects.views.applicant.writing import listed_problems
from projects.views.arrival import arrival
from workflows.errors import Reason, Refused
from workflows.policies import SIGNED_IN, guarded

KEY_BYTES = 16
LONGEST_KEY = 64


@guarded(PERSON, "GET", "POST")
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What still blocks, what is declared by submitting, and the button. The form carries the idempotency key."""
    arrived_at = arrival(request)
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), uid=uid)
    if not is_applicant(proposal, request.user):
        raise Http404
    if request.method == "POST":
        try:
            return _submit(request, proposal, arrived_at)
        except Refused as refused:
            return _check_page(request, uid, list(refused.reasons))
    if proposal.current_version_id and proposal.state == "submitted":
        return redirect("proposal-receipt", uid=uid, number=proposal.current_version.number)
    return _check_page(request, uid, [])


def _submit(request: HttpRequest, proposal: Proposal, arrived_at: dt.datetime) -> HttpResponse:
    key = request.POST.get("key", "")[:LONGEST_KEY]
    if not request.POST.get("truth") or not key:
        raise Refused(Reason("not_declared", _("The declaration is not ticked."), _("Read it and tick the box.")))
    version = submit_proposal(proposal=proposal, by=request.user, key=key, arrived_at=arrived_at)
    return redirect("proposal-receipt", uid=proposal.uid, number=version.number)


def _check_page(request: HttpRequest, uid: UUID, reasons: list[Reason]) -> HttpResponse:
    desk = open_desk(request, uid)
    context = {
        **desk.frame(),
        "general": [one for one in desk.problems if not one.section],
        "listed": listed_problems(desk),
        "reasons": [one for one in reasons if one.code in ("not_declared", "deadline_passed", "wrong_state")],
        "key": request.POST.get("key") or secrets.token_hex(KEY_BYTES),
    }
    return render(request, "projects/writing/check.html", context, status=409 if reasons else 200)


@guarded(SIGNED_IN)
def receipt(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """The receipt of one version: code, instant of arrival, digest, place in the journal. Made to be printed."""
    version = _version(request, uid, number)
    context = {"version": version, "proposal": version.proposal, "link": getattr(version.entry, "link", None)}
    return render(request, "projects/writing/receipt.html", context)


@guarded(SIGNED_IN)
def versions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two versions side by side, what differs marked; without a choice the last two."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user).select_related("call"), uid=uid)
    known = list(proposal.versions.order_by("number"))
    if not known:
        raise Http404
    new = _chosen(known, request.GET.get("new"), known[-1])
    old = _chosen(known, request.GET.get("old"), known[max(known.index(new) - 1, 0)])
    context = {"proposal": proposal, "versions": known, "old": old, "new": new, "sections": compare(old, new)}
    return render(request, "projects/writing/versions.html", context)


def _chosen(known: list[ProposalVersion], number: str | None, otherwise: ProposalVersion) -> ProposalVersion:
    return next((one for one in known if str(one.number) == number), otherwise)


def _version(request: HttpRequest, uid: UUID, number: int) -> ProposalVersion:
    visible = Proposal.objects.visible_to(request.user).filter(uid=uid)
    rows = ProposalVersion.objects.filter(proposal__in=visible).select_related(
        "proposal__call", "proposal__organisation", "proposal__applicant", "entry__link", "submitted_by"
    )
    found: ProposalVersion = get_object_or_404(rows, number=number)
    return found
