"""Letting members of the team act for the investigator."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import delegation

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:uid>/delegate/", delegation.new, name="delegate"),
    path("delegations/<uuid:uid>/end/", delegation.end, name="delegation-end"),
]
