"""The addresses of this room, one module per author: calls, writing, the way from endorsement to project, budgets."""

from __future__ import annotations

from projects.urls import budgets, calls, way, writing

urlpatterns = [*calls.urlpatterns, *writing.urlpatterns, *way.urlpatterns, *budgets.urlpatterns]
