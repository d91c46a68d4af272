"""The expert's page of the mixed names of a batch, before any title is shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.policies import EXPERT
from experts.actions.batch import declare_on_names
from experts.forms.batch import BatchForm
from experts.queries.batch import batch_names
from experts.views.expert import own
from workflows.actors import asker
from workflows.policies import guarded


@guarded(EXPERT, "GET", "POST")
def review_names(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everybody who takes part in any dossier of the round; the invitations open, or go back, after the answer."""
    assignment = own(request, uid)
    if assignment.title_open or assignment.is_over:
        return redirect("review", uid=uid)
    form = BatchForm(request.POST if request.method == "POST" else None, names=batch_names(assignment.round))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        declare_on_names(
            review_round=assignment.round,
            expert=assignment.expert,
            people=given["people"],
            organisations=given["organisations"],
            by=asker(request),
        )
        messages.success(request, _("Recorded. What remains of your invitations is open now."))
        return redirect("reviews")
    status = 422 if request.method == "POST" else 200
    return render(request, "experts/batch.html", {"assignment": assignment, "form": form}, status=status)
