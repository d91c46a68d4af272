"""The signed-in account behind a request."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from directory.models import User


def asker(request: HttpRequest) -> User:
    """The account; Http404 for an anonymous request that a policy should have stopped."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
