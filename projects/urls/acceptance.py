"""Acceptances of projects, and the public list of their outcomes."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views import acceptance, acceptance_review, appeal

urlpatterns: list[URLPattern] = [
    path("acceptances/", acceptance.acceptances, name="acceptances"),
    path("acceptances/review/", acceptance_review.send, name="acceptance-review"),
    path("acceptances/appeals/<uuid:uid>/", appeal.appeal, name="appeal"),
    path("acceptances/<uuid:uid>/appeal/", appeal.make, name="acceptance-appeal"),
    path("acceptances/<uuid:uid>/", acceptance.acceptance, name="acceptance"),
    path("acceptances/<uuid:uid>/text/", acceptance.edit, name="acceptance-edit"),
    path("acceptances/<uuid:uid>/opinion/", acceptance.opinion, name="acceptance-opinion"),
    path("acceptances/<uuid:uid>/proposal/", acceptance.proposal, name="acceptance-proposal"),
]
