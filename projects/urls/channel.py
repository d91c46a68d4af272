"""The rules of the green channel as officers write them."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import channel_rules as views
from projects.views import standing

urlpatterns: list[URLPattern] = [
    path("programme/channel-rules/", views.rules, name="channel-rules"),
    path("programme/channel-rules/from/<slug:name>/", views.draft, name="channel-draft"),
    path("programme/channel-rules/delivered/<slug:name>/", views.delivered, name="channel-delivered"),
    path("programme/channel-rules/<uuid:uid>/", views.version, name="channel-version"),
    path("programme/channel-rules/<uuid:uid>/edit/", views.edit, name="channel-edit"),
    path("programme/channel-rules/<uuid:uid>/preview/", views.ask, name="channel-preview-ask"),
    path("programme/channel-previews/<uuid:uid>/", views.preview, name="channel-preview"),
    path("programme/standings/", standing.standings, name="channel-standings"),
    path("programme/standings/new/", standing.new, name="channel-standing-new"),
    path("programme/standings/<uuid:uid>/", standing.record, name="channel-standing"),
]
