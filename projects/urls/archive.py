"""Archive packages of projects."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import archive

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:uid>/archive/", archive.ask, name="project-archive-ask"),
    path("archives/<uuid:uid>/", archive.archive, name="project-archive"),
]
