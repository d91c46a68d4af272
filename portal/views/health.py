"""What machines ask: does the process answer, and can the installation serve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from portal.readiness import OK, checks
from workflows.policies import PUBLIC, guarded


@guarded(PUBLIC)
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing else, the database neither."""
    return HttpResponse("ok", content_type="text/plain")


@guarded(PUBLIC)
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when everything is in order, else 503; one word for each part, nothing that helps an intruder."""
    answers = checks()
    ready = all(answer == OK for answer in answers.values())
    return JsonResponse(answers, status=200 if ready else 503)
