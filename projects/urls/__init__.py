"""The addresses of this room, one module per author: calls, writing, the way to a project, budgets, payments."""

from __future__ import annotations

from projects.urls import budgets, calls, payments, reports, way, writing

urlpatterns = [
    *calls.urlpatterns,
    *writing.urlpatterns,
    *way.urlpatterns,
    *budgets.urlpatterns,
    *payments.urlpatterns,
    *reports.urlpatterns,
]
