"""Proposals as applicants write them."""

from __future__ import annotations

from django.urls import URLPattern, path

from projects.views.applicant import start, submitting, team, writing

urlpatterns: list[URLPattern] = [
    path("calls/<str:code>/start/", start.start, name="proposal-start"),
    path("proposals/", start.mine, name="proposals-mine"),
    path("proposals/<uuid:uid>/write/", writing.overview, name="proposal-write"),
    path("proposals/<uuid:uid>/sections/<slug:name>/", writing.section, name="proposal-section"),
    path("proposals/<uuid:uid>/sections/<slug:name>/presence/", writing.presence, name="proposal-presence"),
    path("proposals/<uuid:uid>/team/add/", team.member, name="proposal-member-add"),
    path("proposals/<uuid:uid>/team/<int:pk>/", team.member, name="proposal-member"),
    path("proposals/<uuid:uid>/check/", submitting.check, name="proposal-check"),
    path("proposals/<uuid:uid>/receipt/<int:number>/", submitting.receipt, name="proposal-receipt"),
    path("proposals/<uuid:uid>/versions/", submitting.versions, name="proposal-versions"),
    path("invitations/team/<str:token>/", team.invitation, name="team-invitation"),
]
