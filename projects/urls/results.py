"""Results of projects."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import results

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:uid>/results/", results.results, name="results"),
    path("projects/<uuid:uid>/results/new/", results.record, name="result-record"),
    path("results/<uuid:uid>/strike/", results.strike, name="result-strike"),
]
