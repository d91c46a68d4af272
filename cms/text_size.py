"""The text size a reader chose (大 中 小), kept in a cookie."""

from __future__ import annotations

from django.http import HttpRequest

COOKIE = "text_size"
SIZES = ("large", "middle", "small")
USUAL = "middle"


def size_of(request: HttpRequest) -> str:
    """The chosen size, the usual one when none or an unknown one was kept."""
    kept = request.COOKIES.get(COOKIE, USUAL)
    return kept if kept in SIZES else USUAL
