"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.queries.search import search as find
from workflows.policies import PUBLIC, guarded


@guarded(PUBLIC)
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `q`, narrowed by `kind` and `year`, one page of it."""
    asked = request.GET
    kind, year = asked.get("kind", ""), asked.get("year", "")
    found = find(asked.get("q", ""), kind=kind, year=year, number=asked.get("page", "1"))
    return render(request, "cms/search.html", {"found": found, "kind": kind, "year": year})
