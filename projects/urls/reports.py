"""Reports on projects."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import reports

urlpatterns: list[URLPattern] = [
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:uid>/", reports.report, name="report"),
    path("reports/<uuid:uid>/text/", reports.edit, name="report-edit"),
]
