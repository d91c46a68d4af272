"""Changes of running projects, and supplementary contracts."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import change, change_record

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:uid>/changes/", change.kinds, name="change-kinds"),
    path("projects/<uuid:uid>/changes/<slug:kind>/", change.ask, name="change-ask"),
    path("changes/", change_record.changes, name="changes"),
    path("changes/<uuid:uid>/", change_record.change, name="change"),
    path("changes/<uuid:uid>/decision/", change_record.decide, name="change-decision"),
    path("supplements/<uuid:uid>/", change_record.supplement, name="supplement"),
    path("supplements/<uuid:uid>/signature/", change_record.sign, name="supplement-sign"),
]
