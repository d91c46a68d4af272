"""Credit: the round's experts for the officer, the own for the expert."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import EXPERT, PROGRAMME_OFFICER, READER
from directory.queries.standing import standing
from experts.actions.credit import rate_expert
from experts.forms.credit import RatingForm
from experts.models import ExpertCredit, ExpertProfile
from experts.queries.credit import ROUNDS, credit_of, shown
from experts.rules import is_officer
from experts.views.officer import seen
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded


@guarded(READER)
def round_credit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every expert of a round with the parts of the credit, the weights, the rating."""
    found = seen(request, uid)
    rows = ExpertCredit.objects.visible_to(request.user).filter(round=found).select_related("expert__person")
    context = {
        "round": found,
        "rows": [(row, shown(row)) for row in rows.order_by("score", "pk")],
        "may_rate": is_officer(found, request.user),
    }
    return render(request, "experts/credit.html", context)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def round_rate(request: HttpRequest, uid: UUID, expert: UUID) -> HttpResponse:
    """Rate one expert's work."""
    found = seen(request, uid)
    profile = get_object_or_404(ExpertProfile.objects.visible_to(request.user).select_related("person"), uid=expert)
    row = ExpertCredit.objects.filter(round=found, expert=profile).first()
    initial = {"rating": row.rating, "note": row.rating_note} if row is not None else {}
    form = RatingForm(request.POST or None, initial=initial)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            rate_expert(review_round=found, expert=profile, by=asker(request), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Saved."))
            return redirect("round_credit", uid=uid)
    context = {
        "form": form,
        "reasons": reasons,
        "heading": _("Rate the work of %(name)s") % {"name": profile.person.name},
        "lead": _("The expert sees the rating as a part of the own credit, not the reason."),
        "cancel_url": reverse("round_credit", args=[uid]),
    }
    return render(request, "form.html", context, status=409 if reasons else 200)


@guarded(EXPERT)
def own_credit(request: HttpRequest) -> HttpResponse:
    """The expert's own credit, round by round, with how it is computed."""
    person = standing(request.user).person_id
    rows = list(ExpertCredit.objects.filter(expert__person=person).select_related("round", "expert"))
    mean = credit_of({row.expert_id for row in rows})
    context = {"rows": [(row, shown(row)) for row in rows], "mean": next(iter(mean.values()), None), "rounds": ROUNDS}
    return render(request, "experts/own_credit.html", context)
