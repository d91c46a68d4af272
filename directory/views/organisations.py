"""Organisations: list, record, registration, what they keep up to date."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.actions.organisations import edit_organisation, register_organisation
from directory.enums import INVITATION_STATES, MembershipState, Role
from directory.faults import show
from directory.forms.organisation import EditOrganisationForm, OrganisationFilter, RegisterForm
from directory.models import Organisation
from directory.policies import PERSON
from directory.queries.standing import standing
from directory.querysets import READERS
from directory.rules import administers
from directory.views.asker import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

PAGE = 30
INVITATIONS_SHOWN = 20


@guarded(PERSON)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """The organisations one sees, those that wait for one's verification first; filters in the address."""
    filters = OrganisationFilter(request.GET, staff=standing(request.user).has(*READERS))
    seen = Organisation.objects.visible_to(request.user)
    rows = filters.apply(seen).select_related("region", "authority").urgent_first(request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    waiting = Organisation.objects.all().to_verify(request.user).count()
    return render(request, "directory/organisations.html", {"filters": filters, "page": page, "waiting": waiting})


@guarded(PERSON)
def organisation_record(request: HttpRequest, uid: str) -> HttpResponse:
    """The record of an organisation; its administrators see the members and what waits among them."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("region", "authority", "parent"), uid=uid
    )
    runs = administers(organisation, request.user)
    grants = organisation.role_grants.in_force().filter(role=Role.ORGANISATION_ADMIN).select_related("person")
    context = {"record": organisation, "runs": runs, "administrators": {one.person_id: one.person for one in grants}}
    if runs or standing(request.user).has(Role.SYSTEM_ADMIN, Role.AUDITOR, Role.PROGRAMME_OFFICER):
        context |= _people(organisation)
    return render(request, "directory/organisation.html", context)


def _people(organisation: Organisation) -> dict[str, Any]:
    rows = organisation.memberships.select_related("person", "organisation")
    members = rows.filter(state__in=(MembershipState.REQUESTED, MembershipState.ACTIVE))
    invitations = (
        rows.filter(state__in=INVITATION_STATES).exclude(invited_email="").select_related("invited_by__person")
    )
    return {
        "members": members.order_by("-state", "person__name", "pk"),
        "invitations": invitations.order_by("-state_since", "-pk")[:INVITATIONS_SHOWN],
    }


@guarded(PERSON, "GET", "POST")
def organisation_register(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = RegisterForm(request.POST or None)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            organisation = register_organisation(facts=form.cleaned_data, by=asker(request))
        except Refused as refusal:
            reasons = show(form, refusal)
        else:
            messages.success(request, _("Registered. Its authority has been told and verifies it next."))
            return redirect(organisation)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Register an organisation"),
        "lead": _("The authority you choose verifies the registration; you become the first administrator."),
        "submit_label": _("Register"),
        "cancel_url": reverse("home"),
    }
    return render(request, "form.html", context)


@guarded(PERSON, "GET", "POST")
def organisation_edit(request: HttpRequest, uid: str) -> HttpResponse:
    """Edit what the organisation itself keeps up to date."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).filter(pk__in=standing(request.user).admin_of), uid=uid
    )
    form = EditOrganisationForm(request.POST or None, instance=Organisation.objects.get(pk=organisation.pk))
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            edit_organisation(organisation=organisation, facts=form.cleaned_data, by=asker(request))
        except Refused as refusal:
            reasons = show(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(organisation)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": organisation.name,
        "lead": _("Name, credit code and authority were verified; they cannot be changed here."),
        "cancel_url": organisation.get_absolute_url(),
    }
    return render(request, "form.html", context)
