"""Pictures of public pages. Only what pages show is served: the originals that editors uploaded stay inside."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from workflows.policies import PUBLIC, guarded

A_DAY = 24 * 60 * 60
LONGEST_NAME = 255


@guarded(PUBLIC)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture in one of its sizes, by the name of its file, which holds no slash; 404 for any other."""
    path = Path(settings.MEDIA_ROOT) / "images" / name
    # No file system holds a longer name: asking for it is a fault, not an answer.
    if len(name.encode()) > LONGEST_NAME or not path.is_file():
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return HttpResponse(path.read_bytes(), content_type=kind, headers={"Cache-Control": f"public, max-age={A_DAY}"})
