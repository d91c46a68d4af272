"""What a person was told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext

from workflows.actions.messages import read_all_messages, read_message
from workflows.actors import asker
from workflows.policies import SIGNED_IN, guarded
from workflows.queries.messages import messages_of, unread_count

PER_PAGE = 30


@guarded(SIGNED_IN, "GET", "POST")
def message_list(request: HttpRequest) -> HttpResponse:
    """Newest first; POST marks all as read."""
    if request.method == "POST":
        count = read_all_messages(by=asker(request))
        words = ngettext("%(count)s message marked as read.", "%(count)s messages marked as read.", count)
        messages.success(request, words % {"count": count})
        return redirect("messages")
    page = Paginator(messages_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "workflows/messages.html", {"page": page, "unread": unread_count(request.user)})


@guarded(SIGNED_IN, "POST")
def message_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message as read and go where it leads."""
    message = get_object_or_404(messages_of(request.user), pk=pk)
    read_message(message=message, by=asker(request))
    ours = url_has_allowed_host_and_scheme(message.url, allowed_hosts=None)
    return redirect(message.url if message.url and ours else "messages")
