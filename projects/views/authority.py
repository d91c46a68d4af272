"""The recommending officer's list, and the letters written."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.models import Organisation
from directory.policies import RECOMMENDING_OFFICER
from directory.queries.standing import standing
from projects.actions.recommendation import recommend_proposals
from projects.actions.step import Outcome
from projects.enums import ProposalState
from projects.exports.recommendation import recommendation_workbook
from projects.forms.proposal_filter import ProposalFilter
from projects.forms.way import LetterForm
from projects.models import Proposal, RecommendationLetter
from projects.queries.lists import for_authorities, public_counts, rows
from workflows.actors import asker
from workflows.errors import Refused
from workflows.policies import SIGNED_IN, guarded

PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guarded(RECOMMENDING_OFFICER, "GET", "POST")
def recommendations(request: HttpRequest) -> HttpResponse:
    """What the organisations under the officer's authority filed; POST recommends what was chosen in one letter."""
    scope = standing(request.user).recommends_for
    mine = for_authorities(scope)
    filters = ProposalFilter(request.GET)
    form = LetterForm(request.POST or None, proposals=mine.filter(state=ProposalState.ENDORSED))
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        letter, outcomes = _recommend(request, form)
        if letter is not None and all(one.done for one in outcomes):
            messages.success(request, _("Recommended: %(count)d.") % {"count": len(outcomes)})
            return redirect("recommendation-letter", letter.uid)
    page = Paginator(filters.apply(mine), PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "counts": public_counts(filters.apply(mine, with_state=False)),
        "letters": RecommendationLetter.objects.visible_to(request.user).select_related("call")[:10],
        "form": form,
        "outcomes": outcomes,
        "can_choose": any(one.state == ProposalState.ENDORSED for one in page),
    }
    return render(request, "projects/proposal/recommendations.html", context)


def _recommend(request: HttpRequest, form: LetterForm) -> tuple[RecommendationLetter | None, list[Outcome]]:
    """Send the letter of the form; a refusal becomes the form's error."""
    chosen = list(form.cleaned_data["chosen"])
    authority = Organisation.objects.get(pk=chosen[0].organisation.authority_id)
    try:
        return recommend_proposals(
            call=chosen[0].call,
            authority=authority,
            proposals=chosen,
            number=form.cleaned_data["number"],
            by=asker(request),
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, f"{reason.text} {reason.mend}")
        return None, []


def _letter(request: HttpRequest, uid: UUID) -> tuple[RecommendationLetter, list[Proposal]]:
    letters = RecommendationLetter.objects.visible_to(request.user).select_related("call", "authority", "by__person")
    letter = get_object_or_404(letters, uid=uid)
    return letter, list(rows(Proposal.objects.filter(recommendation=letter)).order_by("organisation__name", "number"))


@guarded(SIGNED_IN)
def recommendation_letter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The letter with its generated list, to print and stamp."""
    letter, proposals = _letter(request, uid)
    sums = {"total": sum(one.requested for one in proposals), "own": sum(one.own for one in proposals)}
    context = {"letter": letter, "proposals": proposals, **sums}
    return render(request, "projects/proposal/recommendation_letter.html", context)


@guarded(SIGNED_IN)
def recommendation_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same list as a spreadsheet."""
    letter, proposals = _letter(request, uid)
    response = HttpResponse(recommendation_workbook(letter, proposals), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="recommendation-{letter.pk}.xlsx"'
    return response
