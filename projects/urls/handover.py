"""Hand-overs of projects between officers."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import handover

urlpatterns: list[URLPattern] = [
    path("handovers/", handover.handovers, name="handovers"),
    path("handovers/of/<int:pk>/", handover.new, name="handover-new"),
    path("handovers/<uuid:uid>/", handover.handover, name="handover"),
]
