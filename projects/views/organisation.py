"""The organisation administrator's list of what was filed through it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.policies import ORGANISATION_ADMIN
from directory.queries.standing import standing
from projects.actions.endorsement import endorse_batch
from projects.actions.step import Outcome
from projects.enums import ProposalState
from projects.forms.proposal_filter import ProposalFilter
from projects.forms.way import BatchForm
from projects.queries.lists import for_organisations, public_counts
from workflows.actors import asker
from workflows.policies import guarded

PAGE = 30


@guarded(ORGANISATION_ADMIN, "GET", "POST")
def endorsements(request: HttpRequest) -> HttpResponse:
    """The list with its filters; POST endorses what was chosen and says of each what became of it."""
    mine = for_organisations(standing(request.user).admin_of)
    filters = ProposalFilter(request.GET)
    waiting = mine.filter(state=ProposalState.SUBMITTED)
    form = BatchForm(request.POST or None, proposals=waiting)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        outcomes = endorse_batch(
            proposals=form.cleaned_data["chosen"], by=asker(request), note=form.cleaned_data["note"]
        )
        if all(one.done for one in outcomes):
            messages.success(request, _("Endorsed: %(count)d.") % {"count": len(outcomes)})
            return redirect(request.get_full_path())
    page = Paginator(filters.apply(mine), PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "counts": public_counts(filters.apply(mine, with_state=False)),
        "form": form,
        "outcomes": outcomes,
        "can_choose": any(one.state == ProposalState.SUBMITTED for one in page),
    }
    return render(request, "projects/proposal/endorsements.html", context)
