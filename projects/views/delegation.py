"""Letting members of the team act for the investigator."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON
from projects import rules as who
from projects.actions.delegation import delegate, end_delegation
from projects.enums import ProjectState
from projects.forms.delegation import DelegationForm
from projects.models import Delegation, Project
from workflows.actors import asker
from workflows.errors import NotAllowed, Reason, Refused
from workflows.policies import guarded


@guarded(PERSON, "GET", "POST")
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a member of the team act; what is refused keeps what was typed (409)."""
    rows = Project.objects.visible_to(request.user).filter(state=ProjectState.ACTIVE)
    project: Project = get_object_or_404(rows.select_related("proposal", "investigator"), uid=uid)
    if not who.leads(project, request.user):
        raise Http404
    form = DelegationForm(request.POST or None, project=project)
    reasons: Sequence[Reason] = ()
    if request.method == "POST" and form.is_valid():
        try:
            delegate(project=project, person=form.cleaned_data["person"], powers=form.powers(), by=asker(request))
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, _("Done; the person is told. You can end it at any time."))
            return redirect(project)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Let somebody act for you"),
        "lead": _("Signing and submitting stay with you. The journal keeps everything done for you under both names."),
        "submit_label": _("Let them act"),
        "cancel_url": project.get_absolute_url(),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)


@guarded(PERSON, "POST")
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End it at once."""
    rows = Delegation.objects.visible_to(request.user).select_related("project__investigator", "person")
    found: Delegation = get_object_or_404(rows, uid=uid)
    try:
        end_delegation(delegation=found, by=asker(request))
    except NotAllowed as refusal:
        raise Http404 from refusal
    messages.success(request, _("Ended; it counts from the next page on."))
    return redirect(found.project)
