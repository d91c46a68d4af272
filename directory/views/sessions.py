"""Ending one of one's own sessions; the list of them is allauth's page."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.actions.sessions import end_sessions
from directory.views.asker import asker
from workflows.policies import SIGNED_IN, guarded


@guarded(SIGNED_IN, "GET", "POST")
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then end the session; the present one is left by signing out. 404 for somebody else's."""
    user = asker(request)
    session = get_object_or_404(UserSession, pk=pk, user=user)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    if request.method == "POST":
        end_sessions(sessions=[session], by=user)
        messages.success(request, _("The session has ended."))
        return redirect("usersessions_list")
    return render(request, "directory/session_end.html", {"session": session, "back": reverse("usersessions_list")})
