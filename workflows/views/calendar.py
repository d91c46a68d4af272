"""A person's dates: a page, and a feed at a private address."""

from __future__ import annotations

import hashlib
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from workflows.actions.calendar import close_feed, digest_of, open_feed
from workflows.calendar import Dated, dates_of
from workflows.ics import Event, calendar_file
from workflows.models import CalendarFeed
from workflows.policies import PUBLIC, SIGNED_IN, guarded

ALARMS = ("-P1D",)


@guarded(SIGNED_IN)
def dates(request: HttpRequest) -> HttpResponse:
    """All dates of the asker by month, and whether a calendar program may read them."""
    return _page(request)


@guarded(SIGNED_IN, "POST")
def feed_open(request: HttpRequest) -> HttpResponse:
    """A new private address, shown this once; the former one ends."""
    token = open_feed(user=request.user)
    return _page(request, settings.SITE_ADDRESS + reverse("dates_feed", args=[token]))


@guarded(SIGNED_IN, "POST")
def feed_close(request: HttpRequest) -> HttpResponse:
    """End the private address."""
    close_feed(user=request.user)
    messages.success(request, _("The address of your calendar leads nowhere any more."))
    return redirect("dates")


@guarded(PUBLIC)
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whom the address belongs to, as they may be seen now; 404 for every other address."""
    found = CalendarFeed.objects.select_related("user").filter(digest=digest_of(token)).first()
    if found is None or not found.user.is_active:
        raise Http404
    with translation.override(found.user.language or settings.LANGUAGE_CODE):
        events = [_event(one) for one in dates_of(found.user)]
        text = calendar_file(events, product="Dates", name=_("Tala: my dates"))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    found = dates_of(request.user)
    months = [(first, list(rows)) for first, rows in groupby(found, key=lambda one: one.day.replace(day=1))]
    opened = CalendarFeed.objects.filter(user=request.user.pk).first()
    context = {"months": months, "today": timezone.localdate(), "feed": opened, "address": address}
    response = render(request, "workflows/calendar.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _event(one: Dated) -> Event:
    mark = hashlib.sha256(f"{one.url} {one.why}".encode()).hexdigest()[:32]
    host = settings.SITE_ADDRESS.partition("://")[2]
    return Event(f"{mark}@{host}", f"{one.title}：{one.why}", one.at, settings.SITE_ADDRESS + one.url, ALARMS)
