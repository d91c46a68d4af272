"""Addresses of this room, under the workbench."""

from __future__ import annotations

from django.urls import path

from directory.views import organisations, people, system

urlpatterns = [
    path("profile/", people.profile, name="profile"),
    path("people/<uuid:uid>/", people.person_record, name="person"),
    path("people/<uuid:uid>/sensitive/", people.sensitive, name="person-sensitive"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/register/", organisations.organisation_register, name="organisation-register"),
    path("organisations/join/", organisations.membership_request, name="membership-request"),
    path("organisations/<uuid:uid>/", organisations.organisation_record, name="organisation"),
    path("organisations/<uuid:uid>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path("organisations/<uuid:uid>/invite/", organisations.member_invite, name="member-invite"),
    path("members/<int:pk>/administrator/", organisations.administrator, name="member-administrator"),
    path("invitations/<str:token>/", organisations.membership_invitation, name="membership-invitation"),
    path("roles/", system.roles, name="roles"),
    path("roles/<int:pk>/end/", system.role_end, name="role-end"),
    path("calendar/", system.calendar, name="calendar-now"),
    path("calendar/<int:year>/", system.calendar, name="calendar"),
]
