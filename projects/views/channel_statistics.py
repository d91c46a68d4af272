"""The public figures of the green channel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.queries.channel_statistics import channel_statistics, years
from projects.queries.channel_versions import rules_today
from workflows.policies import PUBLIC, guarded


@guarded(PUBLIC)
def statistics(request: HttpRequest) -> HttpResponse:
    """How many changes of budgets, how many at once, how fast the others: of all years or of `year`."""
    known = years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in known else None
    context = {"figures": channel_statistics(year), "years": known, "year": year, "clocks": rules_today().clocks}
    return render(request, "projects/adjustment/statistics.html", context)
