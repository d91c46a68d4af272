"""Milestones of a project on record."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from projects.models import Milestone
from workflows.policies import SIGNED_IN, guarded


@guarded(SIGNED_IN)
def milestone(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The record of a milestone: what was promised, where it stands, what waits for it."""
    rows = Milestone.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("project__organisation", "project__investigator"), uid=uid)
    waiting = list(found.instalments.exclude(state="cancelled"))
    return render(request, "projects/milestone/record.html", {"milestone": found, "record": found, "waiting": waiting})
