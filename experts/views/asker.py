"""Who asks, behind a policy that lets nobody in without an account."""

from __future__ import annotations

from django.http import HttpRequest

from directory.models import User


def asker(request: HttpRequest) -> User:
    """The account of the request. The policy of the address has refused the anonymous already."""
    assert isinstance(request.user, User)  # noqa: S101 - the policy's own work, told to the type checker
    return request.user
