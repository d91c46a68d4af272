"""Addresses of the machinery, whole: this room is included at the root."""

from __future__ import annotations

from django.urls import path

from workflows.views import integrity

urlpatterns = [
    path("integrity/checkpoints/<str:name>", integrity.checkpoint, name="checkpoint"),
]
