"""What every template can count on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.navigation import columns, rail


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's mode, and both navigations; a navigation costs nothing until a template shows it."""
    return {
        "demo": settings.DEMO,
        "rail": SimpleLazyObject(partial(rail, request)),
        "columns": SimpleLazyObject(partial(columns, request)),
    }
