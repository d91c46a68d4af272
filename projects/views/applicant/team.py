"""The team: adding and changing members, inviting them, and their answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON
from directory.queries.standing import standing
from projects.actions.team import (
    add_participant,
    change_participant,
    confirm_participation,
    decline_participation,
    invite_participant,
    let_write,
    remove_participant,
)
from projects.definitions.form import FieldKind, Form
from projects.forms.team import MemberForm
from projects.models import Participant, Proposal
from projects.rules import is_applicant
from projects.views.applicant.desk import writers_proposal
from workflows.errors import Refused
from workflows.policies import PUBLIC, guarded


@guarded(PERSON, "GET", "POST")
def member(request: HttpRequest, uid: UUID, pk: int | None = None) -> HttpResponse:
    """Add a member (without `pk`) or change one; removing is a button of the same page."""
    proposal = writers_proposal(request, uid)
    row = get_object_or_404(proposal.participants, pk=pk) if pk else None
    leads = is_applicant(proposal, request.user)
    form = MemberForm(request.POST or None, instance=row, leads=leads)
    reasons = []
    if request.method == "POST":
        try:
            if row is not None and request.POST.get("do") == "remove":
                remove_participant(participant=row, by=request.user)
                return _back(proposal)
            if form.is_valid():
                _keep(proposal, row, form.cleaned_data, by=request.user)
                return _back(proposal)
        except Refused as refused:
            reasons = list(refused.reasons)
    context = {"proposal": proposal, "form": form, "row": row, "reasons": reasons, "back": _team_section(proposal)}
    return render(request, "projects/writing/member.html", context, status=409 if reasons else 200)


def _keep(proposal: Proposal, row: Participant | None, values: dict[str, Any], *, by: Any) -> None:
    fresh = Participant.objects.get(pk=row.pk) if row else None
    if fresh is None:
        kept = add_participant(proposal=proposal, values=values, by=by)
    else:
        kept = change_participant(participant=fresh, values=values, by=by)
    if "may_edit" in values and values["may_edit"] != kept.may_edit:
        kept = let_write(participant=kept, may_edit=values["may_edit"], by=by)
    if values.get("invite"):
        invite_participant(participant=kept, email=values["email"], by=by)


def _team_section(proposal: Proposal) -> str:
    form = Form.model_validate(proposal.call.form)
    return next(part.id for part in form.sections if any(one.kind is FieldKind.TEAM for one in part.fields))


def _back(proposal: Proposal) -> HttpResponse:
    return redirect("proposal-section", uid=proposal.uid, name=_team_section(proposal))


@guarded(PUBLIC, "GET", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, before any account; with one, confirm or decline."""
    row = get_object_or_404(
        Participant.objects.select_related("proposal__call", "proposal__applicant", "proposal__organisation"),
        token=token,
        state="invited",
    )
    may_answer = standing(request.user).person_id is not None
    if request.method == "POST" and may_answer:
        return _answer(request, row)
    context = {"row": row, "proposal": row.proposal, "may_answer": may_answer}
    response = render(request, "projects/writing/invitation.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _answer(request: HttpRequest, row: Participant) -> HttpResponse:
    if request.POST.get("answer") == "confirm":
        confirm_participation(participant=row, by=request.user)
        messages.success(request, _("You take part in this proposal."))
    else:
        decline_participation(participant=row, by=request.user)
        messages.success(request, _("You have declined; the applicant sees it."))
    return redirect("proposals-mine")
