"""The switch of the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from directory.actions.accounts import choose_language
from workflows.policies import PUBLIC, guarded

A_YEAR = 365 * 24 * 60 * 60


@guarded(PUBLIC, "POST")
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language with the account, or in a cookie for the anonymous; back to where one was."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        choose_language(user=request.user, language=chosen)
    response = HttpResponseRedirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if inside else "/"
