"""All addresses. Each room brings its own; the public site answers what is left."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("bench/", include("projects.urls")),
]
