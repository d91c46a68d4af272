"""The page of scores: every method side by side, the line as a question, the method that binds, files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER, READER
from experts import charts
from experts.actions.ranking import ask_ranking, choose_method, method_refusals
from experts.enums import RankingMethod, Switch
from experts.exports import ranking_csv, ranking_workbook
from experts.forms.ranking import LineForm, MethodForm
from experts.models import ReviewRound
from experts.queries.comparison import EXPECTED, METHODS, Comparison, Line, comparison, is_calibrated, ordered
from experts.queries.divergence import flagged
from experts.queries.phases import ask_department, open_to_department
from experts.queries.results import opinions_of, sheets_by_dossier
from experts.rules import is_officer
from experts.views.officer import seen
from workflows.actors import asker
from workflows.errors import Refused
from workflows.policies import guarded

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def with_scores(request: HttpRequest, uid: UUID) -> ReviewRound:
    """A round whose phase shows its scores to the department; Refused (not yet) otherwise."""
    found = seen(request, uid)
    ask_department(found, Switch.SCORES)
    return found


@guarded(READER)
def round_ranking(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Scores under every method, spread, ranks and opinions; before the ranking what it would be now."""
    found = with_scores(request, uid)
    form = LineForm(request.GET or None)
    compared = comparison(found, form.line() if form.is_bound else 0)
    page = Paginator(ordered(compared.lines, request.GET.get("by", "")), PAGE).get_page(request.GET.get("page"))
    sheets = sheets_by_dossier(found, [line.dossier for line in page.object_list])
    tells = open_to_department(found, Switch.OPINIONS)
    context = {
        "round": found,
        "form": form,
        "compared": compared,
        "page": page,
        "rows": [(line, opinions_of(sheets[line.dossier]) if tells else ()) for line in page.object_list],
        "columns": _columns(compared),
        "moves": [(RankingMethod(name).label, each["in"], each["out"]) for name, each in compared.moves.items()],
        "chart": _chart(compared, page.object_list),
        "flagged": flagged(found),
        "times": settings.EXTREME_DEVIATIONS,
        "may_assign": is_officer(found, request.user) and found.is_running,
        "crossing": sum(line.crosses for line in compared.lines),
        "binding": RankingMethod(found.ranking_method).label,
        "is_officer": is_officer(found, request.user),
        "may_choose": is_officer(found, request.user) and not method_refusals(found),
    }
    return render(request, "experts/ranking.html", context)


def _columns(compared: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": RankingMethod(name).label,
            "binding": name == compared.method,
            "calibrated": is_calibrated(name),
        }
        for name in METHODS
    ] + [{"name": EXPECTED, "label": _("expected rank"), "binding": False, "calibrated": True}]


def _chart(compared: Comparison, lines: Any) -> charts.Intervals:
    spans = [span for line in lines if (span := _span(line)) is not None]
    return charts.intervals(spans, compared.cut)


def _span(line: Line) -> charts.Span | None:
    """The interval by random effects where it is known, else from the lowest to the highest score."""
    effect = line.cells[METHODS.index(RankingMethod.EFFECT)].value
    label = str(line.rank or "–")
    if line.low is not None and line.high is not None and effect is not None:
        return charts.Span(label, line.low, float(effect), line.high, line.crosses, line.title)
    mean = line.cells[METHODS.index(RankingMethod.MEAN)].value
    if mean is None:
        return None
    return charts.Span(label, float(min(line.scores)), float(mean), float(max(line.scores)), line.diverges, line.title)


@guarded(PROGRAMME_OFFICER, "POST")
def round_compute(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have the calibrated figures computed."""
    ask_ranking(review_round=seen(request, uid), by=asker(request))
    messages.success(request, _("The figures are being computed. Open the page again in a moment."))
    return redirect("round_ranking", uid=uid)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def round_method(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose the method that binds, before the first score."""
    found = seen(request, uid)
    form = MethodForm(request.POST or None, initial={"method": found.ranking_method})
    reasons: Any = method_refusals(found)
    if request.method == "POST" and form.is_valid():
        try:
            choose_method(review_round=found, method=form.cleaned_data["method"], by=asker(request))
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The binding method is chosen."))
            return redirect("round_ranking", uid=uid)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Which method binds"),
        "lead": _("It is frozen with the first score, so that nobody can choose it by its outcome."),
        "cancel_url": reverse("round_ranking", args=[uid]),
    }
    return render(request, "form.html", context, status=409 if request.method == "POST" and reasons else 200)


@guarded(READER)
def round_ranking_xlsx(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole comparison as a spreadsheet."""
    found = with_scores(request, uid)
    return _file(found, ranking_workbook(comparison(found)), XLSX, "xlsx")


@guarded(READER)
def round_ranking_csv(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The whole comparison as CSV."""
    found = with_scores(request, uid)
    return _file(found, ranking_csv(comparison(found)), "text/csv; charset=utf-8", "csv")


def _file(review_round: ReviewRound, content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="ranking-{review_round.pk}.{ending}"'
    return response
