"""The results of a project: the list, writing one down, striking one out."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PERSON
from projects import rules as who
from projects.actions.results import record_result, strike_result
from projects.enums import ProjectState
from projects.forms.payments import StrikeForm
from projects.forms.results import ResultForm
from projects.models import Result
from projects.queries.results import results_of
from projects.views.money import answer_form, running_project
from workflows.actors import asker
from workflows.policies import SIGNED_IN, guarded

PAGE = 50


@guarded(SIGNED_IN)
def results(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What came out of a project."""
    found = running_project(request, uid)
    context = {
        "project": found,
        "page": Paginator(results_of(found), PAGE).get_page(request.GET.get("page")),
        "may_account": who.keeps_accounts(found, request.user) and found.state == ProjectState.ACTIVE,
    }
    return render(request, "projects/result/list.html", context)


@guarded(PERSON, "GET", "POST")
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a result down."""
    found = running_project(request, uid)
    if not who.keeps_accounts(found, request.user):
        raise Http404
    form = ResultForm(request.POST or None)

    def do() -> None:
        record_result(project=found, result=form.typed, by=asker(request))

    heading = {"heading": _("Write down a result"), "lead": f"{found.number} {found.title}"}
    return answer_form(request, form, do, {**heading, "cancel_url": reverse("results", args=[found.uid])})


@guarded(PERSON, "GET", "POST")
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Strike a result out."""
    rows = Result.objects.visible_to(request.user).filter(struck_at=None).select_related("project")
    one = get_object_or_404(rows, uid=uid)
    if not who.keeps_accounts(one.project, request.user):
        raise Http404
    form = StrikeForm(request.POST or None)

    def do() -> None:
        strike_result(result=one, by=asker(request), why=form.cleaned_data["why"])

    heading = {"heading": _("Strike out"), "lead": one.title, "grave": True}
    return answer_form(request, form, do, {**heading, "cancel_url": reverse("results", args=[one.project.uid])})
