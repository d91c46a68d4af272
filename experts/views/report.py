"""The report of a round, on paper too."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.policies import READER
from experts.enums import Switch
from experts.queries.phases import open_to_department
from experts.queries.report import LABELS, report
from experts.views.officer import seen
from workflows.policies import guarded


@guarded(READER)
def round_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How the round went: load, lateness, distributions, agreement, shortages."""
    found = seen(request, uid)
    told = report(found)
    loads = told.loads
    context = {
        "round": found,
        "shows_scores": open_to_department(found, Switch.SCORES),
        "report": told,
        "labels": LABELS,
        "loads": ([count for _load, count in loads], [load for load, _count in loads]),
    }
    return render(request, "experts/report.html", context)
