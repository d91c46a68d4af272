"""What stands before the Wagtail admin: the groups of the asker are brought in step with the roles held now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cms.actions.editors import sync_editor

ADMIN = "/admin/"
# The editor's rich text and previews set styles from script and show pages of this site in frames.
ADMIN_POLICY = {
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
    "frame-src": ["'self'"],
}
# A draft is previewed in a frame of the admin, under the policy of the public page it is.
PREVIEW_POLICY = {"frame-ancestors": ["'self'"]}


class EditorialMiddleware:
    """Roles begin and end by the clock, without any event: so they are compared at the door, each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the admin's own pages get what its editor needs of the content policy."""
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            response._csp_replace = PREVIEW_POLICY  # type: ignore[attr-defined]  # noqa: SLF001 - how django-csp is told
        elif request.path.startswith(ADMIN):
            response._csp_update = ADMIN_POLICY  # type: ignore[attr-defined]  # noqa: SLF001 - the same
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Bring the groups in step before any view of the admin runs."""
        if request.path.startswith(ADMIN) and request.user.is_authenticated:
            sync_editor(user=request.user)
