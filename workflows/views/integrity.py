"""What anybody may read about the integrity of the journal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from workflows.checkpoints import LATEST, PUBLIC_KEY, folder
from workflows.policies import PUBLIC, guarded

TYPES = {LATEST: "application/json", PUBLIC_KEY: "application/x-pem-file"}


@guarded(PUBLIC, "GET")
def checkpoint(request: HttpRequest, name: str) -> HttpResponse:
    """The newest checkpoint, or the public key that verifies it."""
    path = folder() / name
    if name not in TYPES or not path.exists():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type=TYPES[name])
