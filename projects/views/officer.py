"""The programme officer's list of proposals, the eligibility check, and the hand-over to review."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.enums import Role
from directory.policies import PROGRAMME_OFFICER, READER
from directory.queries.standing import standing
from projects.actions.eligibility import check_call, decide_finding, return_by_department, run_check
from projects.actions.review import send_call_to_review
from projects.forms.proposal_filter import OfficerFilter
from projects.forms.way import FindingForm, ReturnForm
from projects.models import Call, Finding, Proposal
from projects.queries.addresses import proposal_url
from projects.queries.call_progress import progress_of
from projects.queries.lists import StateCount, counts_by_state, rows, whole, with_open_findings
from workflows.actors import asker
from workflows.errors import Refused
from workflows.policies import guarded

PAGE = 50


@guarded(READER)
def proposals(request: HttpRequest) -> HttpResponse:
    """All that has reached the department, filtered by what stands in the address."""
    filters = OfficerFilter(request.GET)
    seen = rows(Proposal.objects.visible_to(request.user))
    counts = counts_by_state(filters.apply(seen, with_state=False))
    page = CountedPaginator(filters.apply(seen), PAGE, _total(counts, filters)).get_page(request.GET.get("page"))
    call = filters.cleaned_data.get("call")
    context = {
        "filters": filters,
        "page": page,
        "lines": with_open_findings(page.object_list),
        "counts": counts,
        "progress": progress_of(call) if call else None,
        "may_act": standing(request.user).has(Role.PROGRAMME_OFFICER),
    }
    return render(request, "projects/proposal/officer_list.html", context)


class CountedPaginator(Paginator[Proposal]):
    """A paginator over rows whose number is known, of which one page is read: no second count of a long list."""

    def __init__(self, rows: QuerySet[Proposal], per_page: int, total: int) -> None:
        super().__init__(rows, per_page)
        self.total = total

    @property
    def count(self) -> int:
        """The number given."""
        return self.total

    def page(self, number: int | str) -> Page[Proposal]:
        """One page, its rows joined with what a line shows after it was cut."""
        found = super().page(number)
        found.object_list = whole(cast("QuerySet[Proposal]", found.object_list))
        return found


def _total(counts: list[StateCount], filters: OfficerFilter) -> int:
    chosen = filters.cleaned_data.get("state")
    return sum(one.count for one in counts if not chosen or one.state.value == chosen)


def _proposal(request: HttpRequest, uid: UUID) -> Proposal:
    found: Proposal = get_object_or_404(Proposal.objects.visible_to(request.user).select_related("call"), uid=uid)
    return found


@guarded(PROGRAMME_OFFICER, "POST")
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Run the checks on one proposal."""
    found = _proposal(request, uid)
    findings = run_check(proposal=found, by=asker(request))
    messages.success(request, _("Checked: %(count)d results.") % {"count": len(findings)})
    return redirect(proposal_url(found))


@guarded(PROGRAMME_OFFICER, "POST")
def check_all(request: HttpRequest, code: str) -> HttpResponse:
    """Run the checks on all proposals of a call that wait for them."""
    call = get_object_or_404(Call.objects.visible_to(request.user), code=code)
    outcomes = check_call(call=call, by=asker(request))
    messages.success(request, _("Checked: %(count)d proposals.") % {"count": sum(one.done for one in outcomes)})
    return redirect(f"{_list()}?call={call.code}&findings=open")


@guarded(PROGRAMME_OFFICER, "POST")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or overrule one finding."""
    visible = Proposal.objects.visible_to(request.user)
    finding = get_object_or_404(Finding.objects.select_related("proposal"), pk=pk, proposal__in=visible)
    form = FindingForm(request.POST)
    if form.is_valid():
        try:
            decide_finding(finding=finding, by=asker(request), **form.cleaned_data)
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, f"{reason.text} {reason.mend}")
    return redirect(f"{proposal_url(finding.proposal)}#finding-{finding.pk}")


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Return one proposal for completion, with a new deadline."""
    found = _proposal(request, uid)
    form = ReturnForm(request.POST or None)
    reasons: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            return_by_department(proposal=found, by=asker(request), **form.cleaned_data)
            return redirect(proposal_url(found))
        except Refused as refusal:
            reasons = list(refusal.reasons)
    context = {
        "form": form,
        "heading": _("Return for completion"),
        "lead": f"{found.number} {found.title}",
        "reasons": reasons,
        "submit_label": _("Return"),
        "cancel_url": proposal_url(found),
    }
    return render(request, "form.html", context)


@guarded(PROGRAMME_OFFICER, "POST")
def to_review(request: HttpRequest, code: str) -> HttpResponse:
    """Hand all eligible proposals of a call over to review."""
    call = get_object_or_404(Call.objects.visible_to(request.user), code=code)
    sent = send_call_to_review(call=call, by=asker(request))
    messages.success(request, _("Sent to review: %(count)d.") % {"count": len(sent)})
    return redirect(f"{_list()}?call={call.code}")


def _list() -> str:
    return reverse("officer-proposals")
