"""Funding lists: drafted by an officer, approved by a second person, confirmed after the notice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER, READER
from projects import rules as who
from projects.actions.funding import edit_item, make_funding_list, take_panel_decisions
from projects.enums import FundingListState
from projects.forms.way import ItemForm
from projects.models import Call, FundingItem, FundingList
from projects.queries.addresses import funding_list_url
from projects.queries.departures import departures
from projects.queries.funding import summary
from projects.queries.lists import UNSEEN
from projects.queries.panel import panel_decisions, refills, seal_of
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded

PAGE = 50


@guarded(READER)
def funding_lists(request: HttpRequest) -> HttpResponse:
    """All funding lists, the latest first."""
    found = FundingList.objects.visible_to(request.user).select_related("call", "drafted_by__person").defer(*UNSEEN)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/decision/funding_lists.html", {"page": page})


@guarded(PROGRAMME_OFFICER, "POST")
def make(request: HttpRequest, code: str) -> HttpResponse:
    """Make the list of a call from its ranking, or open the one there is."""
    call = get_object_or_404(Call.objects.visible_to(request.user), code=code)
    return redirect(funding_list_url(make_funding_list(call=call, by=asker(request))))


@guarded(READER)
def funding_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One list with its sums; in draft its officer edits each line."""
    found = get_object_or_404(FundingList.objects.visible_to(request.user).select_related("call"), uid=uid)
    return render(request, "projects/decision/funding_list.html", _context(request, found))


def _context(request: HttpRequest, found: FundingList) -> dict[str, object]:
    items = list(found.items.select_related("proposal__organisation", "proposal__applicant"))
    departing = {item.pk for item in departures(found)}
    panel = panel_decisions(item.proposal for item in items)
    editable = found.state == FundingListState.DRAFT and who.is_officer(found, request.user)
    return {
        "list": found,
        "lines": [
            (item, ItemForm(instance=item, prefix=str(item.pk)), item.pk in departing, panel.get(item.proposal_id))
            for item in items
        ],
        "summary": summary(found, items),
        "editable": editable,
        "refills": len(refills(found)) if editable and panel else 0,
        "notice": found.notices.first(),
    }


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def refill(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the decisions of panels would change in a draft, row by row; what is ticked is taken over."""
    found = get_object_or_404(FundingList.objects.visible_to(request.user).select_related("call"), uid=uid)
    reasons: Any = ()
    chosen = [int(value) for value in request.POST.getlist("take") if value.isdecimal()]
    if request.method == "POST":
        seal = request.POST.get("seal", "")
        try:
            take_panel_decisions(funding_list=found, chosen=chosen, seal=seal, by=asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Taken over from the panels."))
            return redirect(funding_list_url(found))
    rows = refills(found)
    ticked = set(chosen) if reasons else {one.item.pk for one in rows if not one.replaces}
    editable = found.state == FundingListState.DRAFT
    context = {"list": found, "rows": rows, "ticked": ticked, "seal": seal_of(rows), "reasons": reasons}
    status = 409 if reasons else 200
    return render(request, "projects/decision/refill.html", {**context, "editable": editable}, status=status)


@guarded(PROGRAMME_OFFICER, "POST")
def item(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Change one line; what is refused is said on the page, and the sums are computed anew."""
    lists = FundingList.objects.visible_to(request.user)
    line = get_object_or_404(
        FundingItem.objects.select_related("funding_list__call", "proposal"),
        pk=pk,
        funding_list__in=lists.filter(uid=uid),
    )
    form = ItemForm(request.POST, instance=line, prefix=str(pk))
    if form.is_valid():
        try:
            edit_item(
                item=FundingItem.objects.select_related("funding_list", "proposal").get(pk=pk),
                funded=form.cleaned_data["funded"],
                amount=form.amount,
                reason=form.cleaned_data["reason"],
                by=asker(request),
            )
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, f"{reason.text} {reason.mend}")
    else:
        messages.error(request, _("The amount cannot be read. Type a number in 万元."))
    return redirect(f"{funding_list_url(line.funding_list)}#item-{pk}")
