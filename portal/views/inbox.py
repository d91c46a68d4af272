"""The inbox: everything that waits for the asker, page by page."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.navigation import note_waiting
from workflows.inbox import Inbox
from workflows.policies import SIGNED_IN, guarded

PER_PAGE = 30


@guarded(SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, dated first: one query per relevant source, whatever its length."""
    paginator = Paginator(cast("Any", Inbox(request.user)), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    note_waiting(request, str(paginator.count or ""))
    return render(request, "portal/inbox.html", {"page": page})
