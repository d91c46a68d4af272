"""Request identity, and refusals turned into pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from workflows import request_id
from workflows.errors import NotAllowed, Refused

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives each request an identity: what journal entries written by it carry."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request under a fresh identity, told in the X-Request-ID header."""
        identity = secrets.token_hex(8)
        token = request_id.current.set(identity)
        try:
            response = self.get_response(request)
        finally:
            request_id.current.reset(token)
        response["X-Request-ID"] = identity
        return response


class RefusalMiddleware:
    """An action that refuses becomes a page saying why (409); what is not allowed looks absent (404)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_exception` does the work."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None for every other exception."""
        if isinstance(exception, NotAllowed):
            raise Http404 from exception
        if isinstance(exception, Refused):
            return render(request, "workflows/refused.html", {"reasons": exception.reasons}, status=409)
        return None
