"""What every template can count on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.elder import is_elder
from portal.navigation import columns, rail


def site(request: HttpRequest) -> dict[str, Any]:
    """Mode of the site, how it is read, both navigations; a navigation costs nothing until a template shows it."""
    return {
        "demo": settings.DEMO,
        "elder": is_elder(request),
        "rail": SimpleLazyObject(partial(rail, request)),
        "columns": SimpleLazyObject(partial(columns, request)),
    }
