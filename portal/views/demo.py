"""The demo's start page: what this is, and sign-in as each role with one click. Absent outside demo mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from directory.models import User
from portal.demo.people import EVERYBODY, FACES, Who
from workflows.policies import PUBLIC, guarded

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TASKS: dict[str, tuple[_StrPromise, _StrPromise]] = {
    "applicant": (_("Applicant"), _("writes a proposal, submits it, signs the contract")),
    "organisation_admin": (
        _("Organisation administrator"),
        _("vouches for people, endorses proposals or returns them"),
    ),
    "recommending_officer": (_("Recommending officer"), _("recommends what the organisations under it endorsed")),
    "programme_officer": (
        _("Programme officer"),
        _("drafts calls, checks eligibility, runs reviews, drafts funding lists"),
    ),
    "second_officer": (_("Second programme officer"), _("approves the calls of the first")),
    "expert": (_("Expert"), _("accepts an invitation, scores, submits")),
    "decision_maker": (_("Decision maker"), _("approves funding lists, confirms them after the notice")),
    "integrity_officer": (_("Integrity officer"), _("decides on objections, with protected identities")),
    "editor": (_("Editor"), _("writes public pages")),
    "approver": (_("Approver"), _("approves what the editor wrote")),
    "auditor": (_("Auditor"), _("reads everything that is recorded, changes nothing")),
    "system_admin": (_("System administrator"), _("accounts, roles, the working calendar, dead letters")),
}


@dataclass(frozen=True)
class Face:
    """One button of the start page."""

    key: str
    name: str
    role: _StrPromise
    task: _StrPromise


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404


@guarded(PUBLIC)
def demo_start(request: HttpRequest) -> HttpResponse:
    """What the demo is, and a button per role."""
    _demo_only()
    people: dict[str, Who] = {who.key: who for who in EVERYBODY}
    faces = [Face(key, people[key].name, *TASKS[role]) for key, role in FACES]
    return render(request, "portal/demo.html", {"faces": faces})


@guarded(PUBLIC, "POST")
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the faces; an unknown key is 404."""
    _demo_only()
    key = request.POST.get("key", "")
    if key not in dict(FACES):
        raise Http404
    user = get_object_or_404(User, email=f"{key}@demo.tala.example", is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.create_from_request(request)
    return redirect("home")
