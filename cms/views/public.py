"""Addresses of the public site beside its pages: calendar files, ways of reading, robots, site map."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from cms import elder as mode
from cms import text_size as text
from cms.calendar import calendar_of
from cms.enums import CallPhase
from cms.models import ColumnPage
from cms.queries.archive import ArchivedCall, archived_calls
from cms.queries.calls import TONES, public_call_pages
from cms.queries.paths import live_paths, path_of
from cms.site_plan import CALLS
from workflows.policies import PUBLIC, guarded

A_YEAR = 365 * 24 * 60 * 60
SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
PRIVATE_PATHS = ("/bench/", "/admin/", "/accounts/", "/search/")


@guarded(PUBLIC)
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The deadlines of a public call as a calendar file."""
    page = get_object_or_404(public_call_pages(), slug=slug)
    text = calendar_of(page.call, url=request.build_absolute_uri(path_of(page)), host=request.get_host())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return response


@guarded(PUBLIC)
def archived_call(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of an imported call; 404 for calls of the department, which have pages of their own."""
    call = get_object_or_404(archived_calls(), code=code)
    column = get_object_or_404(ColumnPage.objects.live(), slug=CALLS, depth=3)
    phase = CallPhase.ARCHIVED
    context = {"page": ArchivedCall(call, column), "call": call, "phase": phase, "tone": TONES[phase]}
    return render(request, "cms/archived_call.html", context | {"same": urlencode({"programme": call.programme})})


@guarded(PUBLIC, "POST")
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep the chosen text size in a cookie; back to where one was."""
    chosen = request.POST.get("size", "")
    if chosen not in text.SIZES:
        return HttpResponseBadRequest()
    return _kept(request, text.COOKIE, chosen)


@guarded(PUBLIC, "POST")
def elder(request: HttpRequest) -> HttpResponse:
    """Enter or leave the version for elderly readers, kept in a cookie; back to where one was."""
    chosen = request.POST.get("elder", "")
    if chosen not in (mode.ON, mode.OFF):
        return HttpResponseBadRequest()
    return _kept(request, mode.COOKIE, chosen)


def _kept(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    """Back to where one was, with the choice kept for a year."""
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if inside else "/")
    response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


@guarded(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the public pages do for readers with disabilities, and what not yet."""
    return render(request, "cms/accessibility.html")


@guarded(PUBLIC)
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: the public pages."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE_PATHS)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@guarded(PUBLIC)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live page, by its path: written line by line, because there may be tens of thousands."""
    root = request.build_absolute_uri("/").rstrip("/")
    lines = [
        f"<url><loc>{escape(root + path)}</loc><lastmod>{changed:%Y-%m-%d}</lastmod></url>"
        for path, changed in live_paths()
    ]
    return HttpResponse("\n".join([SITEMAP, *lines, "</urlset>"]), content_type="application/xml")
