"""The portfolio: all projects that the asker sees, summed up, grouped, filtered, kept as views, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.models import User
from directory.policies import role_policy
from projects.actions.portfolio import ask_sheet, remove_view, save_view
from projects.forms.portfolio import PortfolioFilter, ViewForm, shown
from projects.models import PortfolioSheet, Project, SavedView
from projects.queries.portfolio import Dimension, Group, Line, dimension, groups, line, states, totals, whole
from projects.risks import Risk
from workflows.errors import Refused
from workflows.files import files_of
from workflows.policies import guarded

PAGE = 30
PORTFOLIO = role_policy(
    Role.PROGRAMME_OFFICER,
    Role.DECISION_MAKER,
    Role.AUDITOR,
    Role.ORGANISATION_ADMIN,
    Role.RECOMMENDING_OFFICER,
)


@guarded(PORTFOLIO)
def portfolio(request: HttpRequest) -> HttpResponse:
    """The page: figures, groups beside their bars, the projects."""
    filters = PortfolioFilter(request.GET, asker=request.user)
    seen = Project.objects.visible_to(request.user)
    found = filters.apply(seen)
    sums, by = totals(found), dimension(filters.cleaned_data.get("by") or "")
    shown_groups = groups(found, by)
    page = _Counted(found, PAGE, sums.count).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "totals": sums,
        "by": by,
        "groups": [(one, _narrowed(request, by, one)) for one in shown_groups],
        "largest": max((float(one.grant) for one in shown_groups), default=0.0),
        "page": page,
        "lines": _lines(page, [one for one, _count in sums.risks]),
        "states": states(filters.apply(seen, with_state=False)),
        "views": list(SavedView.objects.visible_to(request.user)),
        "form": ViewForm(initial={"query": filters.address()}),
        "address": filters.address(),
    }
    return render(request, "projects/portfolio/portfolio.html", context)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _narrowed(request: HttpRequest, by: Dimension, group: Group) -> str:
    """The address of the page narrowed to a group; "" for what is summed up."""
    if not group.query:
        return ""
    query = request.GET.copy()
    query.pop("page", None)
    query[by.filter] = group.query
    return f"?{query.urlencode()}"


class _Counted(Paginator[Any]):
    """A paginator over projects whose number is known: no second count."""

    def __init__(self, rows: QuerySet[Any], per_page: int, total: int) -> None:
        super().__init__(rows.values_list("pk", flat=True), per_page)
        self.total = total

    @property
    def count(self) -> int:
        """As counted before."""
        return self.total


def _lines(page: Page[Any], risks: Iterable[Risk]) -> list[Line]:
    """The lines of one page, in its order: two queries, whatever the number of projects.

    risks -- what projects of any page bear: nothing else is asked about these.
    """
    order = list(page.object_list)
    found = {one.pk: one for one in whole(Project.objects.filter(pk__in=order), risks)}
    return [line(found[pk]) for pk in order if pk in found]


@guarded(PORTFOLIO, "POST")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what the page shows under a name."""
    form = ViewForm(request.POST)
    query = form.data.get("query", "")[:600]
    if not form.is_valid():
        messages.error(request, _("Give the view a name of up to 40 characters."))
        return redirect(f"{reverse('portfolio')}?{query}")
    wanted = PortfolioFilter(QueryDict(query)).address()
    try:
        view = save_view(owner=_user(request), name=form.cleaned_data["name"], query=wanted)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, f"{reason.text} {reason.mend}")
        return redirect(f"{reverse('portfolio')}?{wanted}")
    messages.success(request, _("Kept as “%(name)s”.") % {"name": view.name})
    return redirect(view)


@guarded(PORTFOLIO, "POST")
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a view; the filters stay in the address."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    remove_view(view=view)
    messages.success(request, _("The view “%(name)s” is forgotten.") % {"name": view.name})
    return redirect(f"{reverse('portfolio')}?{view.query}")


@guarded(PORTFOLIO, "POST")
def export(request: HttpRequest) -> HttpResponse:
    """Have a spreadsheet made of what the page shows."""
    query = PortfolioFilter(QueryDict(request.POST.get("query", "")[:600])).address()
    sheet = ask_sheet(owner=_user(request), query=query, total=shown(request.user, query).count())
    return redirect(sheet)


@guarded(PORTFOLIO)
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far a spreadsheet is, then the file."""
    found: PortfolioSheet = get_object_or_404(PortfolioSheet.objects.visible_to(request.user), uid=uid)
    context = {"sheet": found, "file": files_of(found).first() if found.done_at else None}
    return render(request, "projects/portfolio/sheet.html", context)
