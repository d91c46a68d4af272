"""An organisation recommends its people; an expert says when there is no time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.models import Organisation
from directory.policies import ORGANISATION_ADMIN, PERSON
from directory.queries.standing import standing
from experts.actions.absence import add_absence, remove_absence
from experts.actions.recommending import recommend_expert
from experts.forms.recommending import AbsenceForm, RecommendForm
from experts.models import Absence, ExpertProfile
from workflows.actors import asker
from workflows.errors import NotAllowed, Reason, Refused
from workflows.policies import guarded

PAGE = 25


@guarded(ORGANISATION_ADMIN)
def own_experts(request: HttpRequest) -> HttpResponse:
    """The asker's organisations; with one alone, its page."""
    units = Organisation.objects.filter(pk__in=standing(request.user).admin_of)
    if len(units) == 1:
        return redirect("organisation_experts", uid=units[0].uid)
    return render(request, "experts/own_experts.html", {"units": units})


@guarded(ORGANISATION_ADMIN, "GET", "POST")
def organisation_experts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whom the organisation recommended and what became of it; one more."""
    unit = get_object_or_404(Organisation.objects.filter(pk__in=standing(request.user).admin_of), uid=uid)
    posted = request.method == "POST"
    form = RecommendForm(request.POST if posted else None, organisation=unit)
    reasons: tuple[Reason, ...] = ()
    if posted and form.is_valid():
        try:
            recommend_expert(organisation=unit, by=asker(request), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Recommended. The person is asked to agree."))
            return redirect("organisation_experts", uid=uid)
    rows = ExpertProfile.objects.recommended_to(request.user).filter(recommended_by=unit).select_related("person")
    page = Paginator(rows.order_by("-recommended_at", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {"unit": unit, "form": form, "reasons": reasons, "page": page}
    return render(request, "experts/organisation_experts.html", context, status=422 if posted else 200)


@guarded(PERSON, "GET", "POST")
def own_absences(request: HttpRequest) -> HttpResponse:
    """When the expert is away: the list, and one more."""
    own = get_object_or_404(ExpertProfile.objects.select_related("person"), person__user=asker(request))
    posted = request.method == "POST"
    form = AbsenceForm(request.POST if posted else None)
    reasons: tuple[Reason, ...] = ()
    if posted and form.is_valid():
        try:
            add_absence(expert=own, by=asker(request), **form.cleaned_data)
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            messages.success(request, _("Written down. It counts from now on wherever experts are assigned."))
            return redirect("expert_absences")
    context = {"form": form, "reasons": reasons, "absences": own.absences.all()}
    return render(request, "experts/absences.html", context, status=422 if posted else 200)


@guarded(PERSON, "POST")
def absence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a period back."""
    rows = Absence.objects.select_related("expert__person").filter(expert__person__user=asker(request))
    remove_absence(absence=get_object_or_404(rows, pk=pk), by=asker(request))
    messages.success(request, _("Taken back."))
    return redirect("expert_absences")
