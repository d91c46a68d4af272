"""Lists of experts as spreadsheets: the template, handing in, looking through, taking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.policies import PROGRAMME_OFFICER
from experts.actions.listing import ask_to_take, hand_in_list, read_again
from experts.forms.listing import ListForm, TakeForm
from experts.listing.outcome import MERGED, NEW, REFUSED, SAME
from experts.listing.template import template_workbook
from experts.models import PoolList
from experts.queries.listing import is_given_up
from workflows.actors import asker
from workflows.errors import Reason, Refused
from workflows.policies import guarded

PAGE = 50
# Seconds after which the page of a list that is worked at asks again.
RENEW = "3"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTCOMES = {
    NEW: (gettext_lazy("new people"), "ok"),
    MERGED: (gettext_lazy("people who are there, completed"), "go"),
    SAME: (gettext_lazy("nothing to change"), ""),
    REFUSED: (gettext_lazy("refused rows"), "no"),
}


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def pool_lists(request: HttpRequest) -> HttpResponse:
    """Hand a list in; the lists so far."""
    posted = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if posted else ListForm()
    reasons: tuple[Reason, ...] = ()
    if posted and form.is_valid():
        try:
            return redirect("pool_list", uid=hand_in_list(upload=form.cleaned_data["file"], by=asker(request)).uid)
        except Refused as refused:
            reasons = tuple(refused.reasons)
    rows = PoolList.objects.visible_to(request.user).defer("rows").select_related("by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "reasons": reasons, "page": page}
    return render(request, "experts/pool_lists.html", context, status=422 if posted else 200)


@guarded(PROGRAMME_OFFICER)
def pool_template(_request: HttpRequest) -> HttpResponse:
    """The empty list to fill in."""
    response = HttpResponse(template_workbook(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="experts.xlsx"'
    return response


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def pool_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The preview of a list, row by row; POST takes it, or has it read again."""
    found = get_object_or_404(PoolList.objects.visible_to(request.user).select_related("by"), uid=uid)
    form = TakeForm(request.POST if request.method == "POST" else None)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _do(request, found, form.cleaned_data["paper"])
        except Refused as refused:
            reasons = tuple(refused.reasons)
    asked = found.asked_at is not None and found.taken_at is None
    given_up = asked and is_given_up(found)
    context = {"list": found, "form": form, "reasons": reasons, "given_up": given_up, "doing": asked and not given_up}
    context |= _shown(request, found)
    response = render(request, "experts/pool_list.html", context, status=409 if reasons else 200)
    if context["doing"] or found.read_at is None:
        response.headers["Refresh"] = RENEW
    return response


def _do(request: HttpRequest, found: PoolList, paper: str) -> HttpResponse:
    if "again" in request.POST:
        read_again(pool_list=found, by=asker(request))
    else:
        ask_to_take(pool_list=found, by=asker(request), paper=paper)
        messages.success(request, _("The list is being taken. You can leave this page."))
    return redirect("pool_list", uid=found.uid)


def _shown(request: HttpRequest, found: PoolList) -> dict[str, Any]:
    counts = {name: sum(row["outcome"] == name for row in found.rows) for name in OUTCOMES}
    asked = request.GET.get("outcome", "")
    rows = [row for row in found.rows if asked not in OUTCOMES or row["outcome"] == asked]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "lines": [(row, *OUTCOMES[row["outcome"]]) for row in page.object_list],
        "counts": [(name, label, tone, counts[name]) for name, (label, tone) in OUTCOMES.items()],
        "asked": asked,
        "useful": counts[NEW] + counts[MERGED],
    }
