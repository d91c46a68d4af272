"""The version of the public site for elderly readers (长者版), kept in a cookie."""

from __future__ import annotations

from django.http import HttpRequest

COOKIE = "elder"
ON, OFF = "on", "off"


def is_elder(request: HttpRequest) -> bool:
    """Whether the reader chose the version for elderly readers."""
    return request.COOKIES.get(COOKIE) == ON
