"""When a request arrived: what counts for a deadline is the edge, not the moment a worker was free."""

from __future__ import annotations

import datetime as dt
import re

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

HEADER = "X-Request-Start"
STAMP = re.compile(r"(?:t=)?(\d{10}(?:\.\d{1,6})?)")
# Nobody waits longer than this before the server; an older stamp is a fault of the proxy.
LONGEST_WAIT = dt.timedelta(minutes=10)


def arrival(request: HttpRequest) -> dt.datetime:
    """The proxy's stamp (seconds since 1970) where it is trusted and believable, else now."""
    now = timezone.now()
    found = STAMP.fullmatch(request.headers.get(HEADER, "")) if settings.TRUST_REQUEST_START else None
    if found is None:
        return now
    stamped = dt.datetime.fromtimestamp(float(found.group(1)), dt.UTC)
    return stamped if now - LONGEST_WAIT <= stamped <= now else now
