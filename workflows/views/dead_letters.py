"""Effects that were given up, for whoever runs the system."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from workflows.actions.dead_letters import drop_message, retry_message
from workflows.actors import asker
from workflows.enums import OutboxState
from workflows.models import OutboxMessage
from workflows.policies import SYSTEM_STAFF, guarded

PER_PAGE = 30


@guarded(SYSTEM_STAFF, "GET")
def dead_letters(request: HttpRequest) -> HttpResponse:
    """What was given up, newest first, and how much waits."""
    dead = OutboxMessage.objects.filter(state=OutboxState.DEAD).order_by("-pk")
    waiting = OutboxMessage.objects.filter(state__in=[OutboxState.WAITING, OutboxState.LEASED]).count()
    page = Paginator(dead, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workflows/dead_letters.html", {"page": page, "waiting": waiting})


@guarded(SYSTEM_STAFF, "POST")
def dead_letter_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one again."""
    retry_message(message=get_object_or_404(OutboxMessage, pk=pk), by=asker(request))
    messages.success(request, _("It is tried again now."))
    return redirect("dead_letters")


@guarded(SYSTEM_STAFF, "POST")
def dead_letter_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one up, with a reason."""
    reason = request.POST.get("reason", "")
    drop_message(message=get_object_or_404(OutboxMessage, pk=pk), by=asker(request), reason=reason)
    messages.success(request, _("It is dropped."))
    return redirect("dead_letters")
