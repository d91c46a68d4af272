"""The results of a project, and whether one may stand among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.enums import ResultKind
from projects.models import Project, Result
from projects.numbers import doi_of, patent_of, plain, standard_of
from workflows.errors import Reason

NUMBERS: dict[str, Callable[[str], str]] = {
    ResultKind.PAPER: doi_of,
    ResultKind.PATENT: patent_of,
    ResultKind.STANDARD: standard_of,
    ResultKind.CONTRACT: plain,
}


def results_of(project: Project) -> QuerySet[Result]:
    """The results that count, the newest first."""
    return Result.objects.filter(project=project, struck_at=None).select_related("by__person")


def as_rows(project: Project, year: int | None = None) -> list[dict[str, Any]]:
    """The results, of one year where asked, as plain data for a form."""
    rows = results_of(project) if year is None else results_of(project).filter(dated_on__year=year)
    return [
        {
            "kind": one.kind,
            "title": one.title,
            "number": one.number,
            "dated_on": one.dated_on.isoformat(),
            "count": one.count,
            "amount": "" if one.amount is None else f"{one.amount:.2f}",
        }
        for one in rows
    ]


def number_of(kind: str, typed: str) -> str:
    """The plain form of the number of a result of this kind; "" for what is no such number."""
    return NUMBERS[kind](typed) if kind in NUMBERS else ""


def wrong_number(kind: str) -> Reason:
    """What is said of a number that is none."""
    words = {
        ResultKind.PAPER: (_("This is no DOI."), _("Copy it from the paper, like 10.1000/xyz123.")),
        ResultKind.PATENT: (
            _("This is no Chinese patent number, or its check digit does not fit."),
            _("Write it like ZL202010123456.X, or the publication number like CN112345678B."),
        ),
        ResultKind.STANDARD: (_("This is no number of a standard."), _("Write it like DB15/T 1234-2027.")),
    }
    contract = (_("The registration number of the contract is missing."), _("Type it."))
    text, mend = words.get(ResultKind(kind), contract)
    return Reason("number", text, mend)


def against_term(project: Project, day: dt.date) -> list[Reason]:
    """Why a result of this day does not count for the project."""
    last = min(project.ends_on, timezone.localdate())
    if project.starts_on <= day <= last:
        return []
    text = _("The day lies outside of %(first)s – %(last)s.") % {"first": project.starts_on, "last": last}
    return [Reason("outside_term", text, _("Only what came out within the term counts."))]


def against_name(project: Project, acknowledgement: str) -> list[Reason]:
    """Why these words do not name the project: its number stands in them, with or without the last part."""
    number = plain(project.number.removesuffix("-P")).lower()
    if number in plain(acknowledgement).lower():
        return []
    text = _("The words do not name the project by its number %(number)s.") % {"number": project.number}
    return [Reason("not_named", text, _("Copy the words of the funding or acknowledgement from the result."))]
