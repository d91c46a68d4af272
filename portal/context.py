"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's mode; the navigation of the workbench is added by `portal.navigation`."""
    return {"demo": settings.DEMO}
