"""Organisations: list, record, registration, members."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.actions.members import invite_member, request_membership
from directory.actions.organisations import edit_organisation, register_organisation
from directory.actions.roles import end_role, grant_role
from directory.enums import MembershipState, Role
from directory.forms.organisation import EditOrganisationForm, InviteForm, JoinForm, OrganisationFilter, RegisterForm
from directory.models import Membership, Organisation, RoleGrant
from directory.policies import PERSON
from directory.queries.masks import mask
from directory.queries.standing import standing
from directory.rules import administers
from directory.views.asker import asker
from workflows.errors import Refused
from workflows.policies import PUBLIC, guarded

PAGE = 30


@guarded(PERSON)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The organisations one sees, with filters in the address."""
    filters = OrganisationFilter(request.GET)
    rows = filters.apply(Organisation.objects.visible_to(request.user)).select_related("region", "authority")
    page = Paginator(rows.order_by("name", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/organisations.html", {"filters": filters, "page": page})


@guarded(PERSON)
def organisation_record(request: HttpRequest, uid: str) -> HttpResponse:
    """The record of an organisation; its administrators see the members and what waits among them."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("region", "authority", "parent"), uid=uid
    )
    runs = administers(organisation, request.user)
    context = {"record": organisation, "runs": runs}
    if runs or standing(request.user).has(Role.SYSTEM_ADMIN, Role.AUDITOR, Role.PROGRAMME_OFFICER):
        rows = organisation.memberships.select_related("person", "organisation").order_by("state", "pk")
        admins = organisation.role_grants.filter(role=Role.ORGANISATION_ADMIN, valid_to=None)
        context |= {
            "members": [
                row
                for row in rows
                if row.state in (MembershipState.ACTIVE, MembershipState.REQUESTED, MembershipState.INVITED)
            ],
            "administrators": {grant.person_id: grant for grant in admins},
        }
    return render(request, "directory/organisation.html", context)


@guarded(PERSON, "GET", "POST")
def organisation_register(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = RegisterForm(request.POST or None)
    reasons = []
    if request.method == "POST" and form.is_valid():
        try:
            organisation = register_organisation(facts=form.cleaned_data, by=asker(request))
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, _("Registered. Its authority has been told and verifies it next."))
            return redirect(organisation)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Register an organisation"),
        "lead": _("The authority you choose verifies the registration; you become the first administrator."),
        "submit_label": _("Register"),
    }
    return render(request, "form.html", context)


@guarded(PERSON, "GET", "POST")
def organisation_edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Edit what the organisation itself keeps up to date."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).filter(pk__in=standing(request.user).admin_of), uid=uid
    )
    form = EditOrganisationForm(request.POST or None, instance=Organisation.objects.get(pk=organisation.pk))
    if request.method == "POST" and form.is_valid():
        edit_organisation(organisation=organisation, facts=form.cleaned_data, by=asker(request))
        messages.success(request, _("Saved."))
        return redirect(organisation)
    context = {"form": form, "heading": organisation.name, "cancel_url": organisation.get_absolute_url()}
    return render(request, "form.html", context)


@guarded(PERSON, "GET", "POST")
def member_invite(request: HttpRequest, uid: str) -> HttpResponse:
    """Invite somebody by e-mail."""
    organisation = get_object_or_404(Organisation.objects.filter(pk__in=standing(request.user).admin_of), uid=uid)
    form = InviteForm(request.POST or None)
    reasons = []
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(organisation=organisation, by=asker(request), **form.cleaned_data)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect(organisation)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Invite a person"),
        "lead": _("The person gets a link, signs in or signs up with this address, and answers."),
        "submit_label": _("Send the invitation"),
        "cancel_url": organisation.get_absolute_url(),
    }
    return render(request, "form.html", context)


@guarded(PERSON, "GET", "POST")
def membership_request(request: HttpRequest) -> HttpResponse:
    """Ask to join an organisation."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request_membership(by=asker(request), **form.cleaned_data)
        messages.success(request, _("Asked. The organisation's administrator confirms you."))
        return redirect("profile")
    context = {"form": form, "heading": _("Join an organisation"), "submit_label": _("Ask to join")}
    return render(request, "form.html", context)


@guarded(PUBLIC)
def membership_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invitation's link leads: sign in with the invited address, then answer."""
    membership = get_object_or_404(
        Membership.objects.select_related("organisation").filter(state=MembershipState.INVITED), token=token
    )
    mine = request.user.is_authenticated and asker(request).email.lower() == membership.invited_email.lower()
    context = {
        "membership": membership,
        "mine": mine,
        "address": mask(membership.invited_email, head=2, tail=8),
        "has_person": mine and getattr(request.user, "person", None) is not None,
    }
    return render(request, "directory/invitation.html", context)


@guarded(PERSON, "POST")
def administrator(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint a member as administrator, or end the appointment (field `end`)."""
    membership = get_object_or_404(
        Membership.objects.filter(
            organisation_id__in=standing(request.user).admin_of, state=MembershipState.ACTIVE
        ).select_related("organisation", "person"),
        pk=pk,
    )
    grant = RoleGrant.objects.filter(
        person=membership.person, organisation=membership.organisation, role=Role.ORGANISATION_ADMIN, valid_to=None
    ).first()
    if request.POST.get("end") and grant is not None and grant.person_id != standing(request.user).person_id:
        end_role(grant=grant, by=asker(request))
        messages.success(request, _("No longer an administrator."))
    elif not request.POST.get("end") and membership.person is not None:
        grant_role(
            person=membership.person,
            role=Role.ORGANISATION_ADMIN,
            organisation=membership.organisation,
            by=asker(request),
        )
        messages.success(request, _("Appointed."))
    return redirect(membership.organisation)
