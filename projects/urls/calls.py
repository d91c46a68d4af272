"""Calls as officers work on them."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import officer_call_documents as documents
from projects.views import officer_call_edit as edit
from projects.views import officer_call_extension as extension
from projects.views import officer_call_form as form
from projects.views import officer_calls as views

urlpatterns: list[URLPattern] = [
    path("programme/calls/", views.officer_calls, name="officer_calls"),
    path("programme/calls/new/", views.call_new, name="call_new"),
    path("programme/calls/<uuid:uid>/", views.officer_call, name="officer_call"),
    path("programme/calls/<uuid:uid>/clone/", views.call_clone, name="call_clone"),
    path("programme/calls/<uuid:uid>/preview/", views.call_preview, name="call_preview"),
    path("programme/calls/<uuid:uid>/edit/<slug:part>/", edit.call_edit, name="call_edit"),
    path("programme/calls/<uuid:uid>/extension/", extension.call_extend, name="call_extend"),
    path("programme/calls/<uuid:uid>/documents/", documents.call_documents, name="call_documents"),
    path("programme/calls/<uuid:uid>/form/", form.call_form, name="call_form"),
    path("programme/calls/<uuid:uid>/form/<slug:section_id>/", form.call_section, name="call_section"),
    path("programme/calls/<uuid:uid>/form/<slug:section_id>/<slug:field_id>/", form.call_field, name="call_field"),
]
