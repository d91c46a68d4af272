"""What the public reaches of this room without signing in, outside of the workbench."""

from __future__ import annotations

from django.urls import path

from projects.views import acceptance, channel_statistics, objection

urlpatterns = [
    path("acceptances/", acceptance.outcomes, name="acceptance-outcomes"),
    path("budget-changes/", channel_statistics.statistics, name="channel-statistics"),
    path("notices/<uuid:uid>/object/", objection.object_to, name="notice-object"),
    path("objections/", objection.ask, name="objection-query"),
]
