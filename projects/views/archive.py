"""The archive package of a project that is over: asking for it, and how far it is."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from projects.actions.archive import ask_archive
from projects.enums import OVER
from projects.models import Project, ProjectArchive
from workflows.actors import asker
from workflows.files import files_of
from workflows.policies import SIGNED_IN, guarded


@guarded(SIGNED_IN, "POST")
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have the package made."""
    rows = Project.objects.visible_to(request.user).filter(state__in=OVER)
    return redirect(ask_archive(project=get_object_or_404(rows, uid=uid), by=asker(request)))


@guarded(SIGNED_IN)
def archive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a package is, then the file with its digest."""
    rows = ProjectArchive.objects.visible_to(request.user).select_related("project")
    found: ProjectArchive = get_object_or_404(rows, uid=uid)
    context = {"archive": found, "file": files_of(found).first() if found.made_at else None}
    return render(request, "projects/project/archive.html", context)
