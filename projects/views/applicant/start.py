"""Starting a proposal, and the list of one's own."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from directory.policies import PERSON
from projects.actions.draft import start_proposal
from projects.forms.start import StartForm
from projects.models import Call, Proposal
from projects.queries.call_documents import documents_to_read
from projects.queries.eligibility import eligibility
from projects.queries.mine import calls_open_now, hosts, invitations, my_proposals
from workflows.errors import Refused
from workflows.policies import guarded

PER_PAGE = 30
SHOWN_CALLS = 10


@guarded(PERSON, "GET", "POST")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Whether person and organisation qualify, rule by rule; then organisation and direction; then the draft."""
    call = get_object_or_404(Call.objects.public(), code=code)
    form = StartForm(request.POST or None, call=call, hosts=hosts(request.user), chosen=request.GET.get("organisation"))
    reasons = []
    if request.method == "POST" and form.is_valid():
        try:
            proposal = start_proposal(call=call, by=request.user, **form.cleaned_data)
            return redirect("proposal-write", uid=proposal.uid)
        except Refused as refused:
            reasons = list(refused.reasons)
    person = request.user.person  # type: ignore[union-attr]  # the policy lets nobody in without one
    context = {
        "call": call,
        "form": form,
        "reasons": reasons,
        "organisation": form.host,
        "documents": documents_to_read(call),
        "results": eligibility(call, person, form.host),
        "existing": Proposal.objects.filter(call=call, applicant=person).exclude(state__in=("withdrawn", "expired")),
    }
    return render(request, "projects/writing/start.html", context, status=409 if reasons else 200)


@guarded(PERSON)
def mine(request: HttpRequest) -> HttpResponse:
    """The person's proposals, what they are invited to, and the calls open now."""
    context = {
        "page": Paginator(my_proposals(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "invitations": list(invitations(request.user)),
        "calls": list(calls_open_now(request.user)[:SHOWN_CALLS]),
    }
    return render(request, "projects/writing/mine.html", context)
