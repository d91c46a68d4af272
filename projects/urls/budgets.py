"""Budgets of projects and their changes."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import adjustment, adjustment_record

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:uid>/adjust/", adjustment.adjust, name="adjust"),
    path("adjustments/", adjustment_record.adjustments, name="adjustments"),
    path("adjustments/<uuid:uid>/", adjustment_record.adjustment, name="adjustment"),
    path("adjustments/<uuid:uid>/decision/", adjustment_record.decide, name="adjustment-decision"),
    path("adjustments/policy/<uuid:uid>/", adjustment_record.policy, name="adjustment-policy"),
]
