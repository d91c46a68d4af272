"""The one address of uploads."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from workflows.files import may_read, place_of
from workflows.models import StoredFile
from workflows.policies import PUBLIC, guarded

logger = logging.getLogger(__name__)


@guarded(PUBLIC, "GET")
def file(request: HttpRequest, uid: uuid.UUID) -> Any:
    """The bytes, always as a download that no browser runs; 404 for whoever may not have them."""
    stored = get_object_or_404(StoredFile, uid=uid)
    if not may_read(request.user, stored):
        raise Http404
    try:
        content = storages["private"].open(place_of(stored.sha256))
    except FileNotFoundError as error:
        logger.exception("the bytes of file %s are gone", stored.pk)
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
