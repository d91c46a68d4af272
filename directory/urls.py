"""Addresses of this room, under the workbench."""

from __future__ import annotations

from django.urls import path

from directory.views import members, organisations, people, roles, sessions, system

urlpatterns = [
    path("profile/", people.profile, name="profile"),
    path("sessions/<int:pk>/end/", sessions.session_end, name="session-end"),
    path("people/", people.person_list, name="people"),
    path("people/<uuid:uid>/", people.person_record, name="person"),
    path("people/<uuid:uid>/sensitive/", people.sensitive, name="person-sensitive"),
    path("people/<uuid:uid>/account/", people.account, name="person-account"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/register/", organisations.organisation_register, name="organisation-register"),
    path("organisations/join/", members.membership_request, name="membership-request"),
    path("organisations/<uuid:uid>/", organisations.organisation_record, name="organisation"),
    path("organisations/<uuid:uid>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path("organisations/<uuid:uid>/invite/", members.member_invite, name="member-invite"),
    path("members/<int:pk>/administrator/", members.administrator, name="member-administrator"),
    path("invitations/<str:token>/", members.membership_invitation, name="membership-invitation"),
    path("roles/", roles.roles, name="roles"),
    path("roles/list.xlsx", roles.roles_export, name="roles-export"),
    path("roles/grant/", roles.role_grant, name="role-grant"),
    path("roles/<int:pk>/end/", roles.role_end, name="role-end"),
    path("roles/<int:pk>/confirm/", roles.role_confirm, name="role-confirm"),
    path("calendar/", system.calendar, name="calendar-now"),
    path("calendar/<int:year>/", system.calendar, name="calendar"),
    path("reference/", system.reference, name="reference"),
]
