"""Members of an organisation: invited, asking to join, answering, appointed as administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.actions.invitations import invite_member
from directory.actions.members import request_membership
from directory.actions.roles import end_role, grant_role, is_last
from directory.enums import MembershipState, Role
from directory.faults import show
from directory.forms.organisation import InviteForm, JoinForm
from directory.models import Membership, Organisation, RoleGrant
from directory.policies import PERSON
from directory.queries.masks import masked_address
from directory.queries.standing import standing
from directory.views.asker import asker
from workflows.errors import Reason, Refused
from workflows.policies import PUBLIC, guarded


@guarded(PERSON, "GET", "POST")
def member_invite(request: HttpRequest, uid: str) -> HttpResponse:
    """Invite somebody by e-mail."""
    organisation = get_object_or_404(Organisation.objects.filter(pk__in=standing(request.user).admin_of), uid=uid)
    form = InviteForm(request.POST or None)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(organisation=organisation, by=asker(request), **form.cleaned_data)
        except Refused as refusal:
            reasons = show(form, refusal)
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
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        try:
            request_membership(by=asker(request), **form.cleaned_data)
        except Refused as refusal:
            reasons = show(form, refusal)
        else:
            messages.success(request, _("Asked. The organisation's administrator confirms you."))
            return redirect("profile")
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Join an organisation"),
        "lead": _("An administrator of the organisation confirms you; after that you can write proposals there."),
        "submit_label": _("Ask to join"),
        "cancel_url": reverse("home"),
    }
    return render(request, "form.html", context)


@guarded(PUBLIC)
def membership_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invitation's link leads: sign in with the invited address, then answer; or what became of it."""
    membership = get_object_or_404(
        Membership.objects.select_related("organisation").exclude(token="").exclude(invited_email=""), token=token
    )
    mine = request.user.is_authenticated and asker(request).email.lower() == membership.invited_email.lower()
    context = {
        "membership": membership,
        "open": membership.state == MembershipState.INVITED,
        "mine": mine,
        "address": masked_address(membership.invited_email),
        "has_person": mine and getattr(request.user, "person", None) is not None,
    }
    return render(request, "directory/invitation.html", context)


@guarded(PERSON, "GET", "POST")
def administrator(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint a member as administrator, or end the appointment: GET says what follows, POST does it."""
    membership = get_object_or_404(
        Membership.objects.filter(
            organisation_id__in=standing(request.user).admin_of, state=MembershipState.ACTIVE
        ).select_related("organisation", "person"),
        pk=pk,
    )
    held = RoleGrant.objects.in_force().filter(
        person=membership.person, organisation=membership.organisation, role=Role.ORGANISATION_ADMIN
    )
    grant = held.select_related("person", "organisation").first()
    # The page that was looked at says what it would do: a second click must not undo the first.
    if request.method == "POST" and request.POST.get("end", "") == ("1" if grant else ""):
        return _change(request, membership, grant)
    if request.method == "POST":
        return redirect(membership.organisation)
    context = {
        "membership": membership,
        "grant": grant,
        "own": membership.person_id == standing(request.user).person_id,
        "last": grant is not None and is_last(grant),
    }
    return render(request, "directory/administrator.html", context)


def _change(request: HttpRequest, membership: Membership, grant: RoleGrant | None) -> HttpResponse:
    """End `grant`, or appoint where there is none. A refusal has its own page."""
    by, organisation, person = asker(request), membership.organisation, membership.person
    if grant is not None:
        end_role(grant=grant, by=by)
        messages.success(request, _("No longer an administrator."))
    elif person is not None:
        grant_role(person=person, role=Role.ORGANISATION_ADMIN, organisation=organisation, by=by)
        messages.success(request, _("Appointed."))
    return redirect(organisation)
