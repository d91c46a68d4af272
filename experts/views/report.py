"""The report of a round, on paper too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.policies import READER
from experts.enums import Switch
from experts.queries.phases import open_to_department
from experts.queries.report import LABELS, LEFT, report
from experts.views.officer import seen
from workflows.policies import guarded

# Of more experts the distributions stand as numbers: a drawing for each would make a page of megabytes.
MOST_DRAWN = 60


@guarded(READER)
def round_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How the round went: load, lateness, distributions, agreement, shortages."""
    found = seen(request, uid)
    told = report(found)
    loads = told.loads
    left_labels = [str(label) for _least, label in LEFT]
    context = {
        "round": found,
        "shows_scores": open_to_department(found, Switch.SCORES),
        "report": told,
        "labels": LABELS,
        "left_labels": left_labels,
        "in_words": {
            "classes": _in_words(zip(LABELS, told.classes, strict=True)),
            "loads": _in_words(loads),
            "left": _in_words(zip(left_labels, told.left, strict=True)),
        },
        "drawn": len(told.experts) <= MOST_DRAWN,
        "loads": ([count for _load, count in loads], [load for load, _count in loads]),
    }
    return render(request, "experts/report.html", context)


def _in_words(counts: Iterable[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """The classes that hold anything, for those who read the figures of a drawing, on paper too."""
    return [(label, count) for label, count in counts if count]
