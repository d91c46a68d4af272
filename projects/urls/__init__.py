"""The addresses of this room, one module per author: calls, writing, and the way from endorsement to project."""

from __future__ import annotations

from projects.urls import calls, way, writing

urlpatterns = [*calls.urlpatterns, *writing.urlpatterns, *way.urlpatterns]
