"""What stands before every page: the asker's address, language, and the policy of the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from directory.queries.standing import standing
from portal.policies import policy_of

GetResponse = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """Behind proxies of ours: the asker's address is what the outermost of them saw.

    Each proxy appends the address it was asked from, so the entry that counts is the TRUSTED_PROXIES-th from the
    right; what stands left of it was sent by the asker and proves nothing. Rate limits go by this address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.TRUSTED_PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the address in REMOTE_ADDR; a request that came round the proxies keeps its own."""
        seen = [address.strip() for address in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(seen) >= settings.TRUSTED_PROXIES and seen[-settings.TRUSTED_PROXIES]:
            request.META["REMOTE_ADDR"] = seen[-settings.TRUSTED_PROXIES]
        return self.get_response(request)


class LanguageMiddleware:
    """The language kept with the account, else the cookie, else Chinese.

    The browser's wish is not asked: a government site opens in Chinese.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request in the chosen language."""
        language = self._chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _chosen(self, request: HttpRequest) -> str:
        known = dict(settings.LANGUAGES)
        kept = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return kept if kept in known else settings.LANGUAGE_CODE


class PolicyMiddleware:
    """Deny by default: an address answers only under a declared policy, staff only with a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` does the work. Private pages are never stored."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """None to let the view answer; a redirect or 404 where the policy says no."""
        if request.resolver_match is None:
            raise Http404
        match = request.resolver_match
        policy = policy_of(view, match.route, match.url_name)
        if policy is None:
            raise ImproperlyConfigured(f"{request.path} has no policy")
        if not policy.allows(request.user):
            if request.user.is_authenticated:
                raise Http404
            return redirect_to_login(request.get_full_path())
        if self._second_factor_missing(request, match.route):
            return redirect("mfa_index")
        return None

    def _second_factor_missing(self, request: HttpRequest, route: str) -> bool:
        if not settings.MFA_REQUIRED_FOR_STAFF or route.startswith("accounts/"):
            return False
        if not standing(request.user).is_staff_role:
            return False
        from allauth.mfa.utils import is_mfa_enabled

        return not is_mfa_enabled(request.user)
