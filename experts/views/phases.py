"""The phases of a round: the officer's rows of switches, and what experts do together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.policies import EXPERT, PERSON, PROGRAMME_OFFICER, READER
from experts.actions.discussion import change_score_sheet, say
from experts.actions.phases import set_chair, set_phases
from experts.actions.sheet import StaleSheet
from experts.enums import Audience, RoundState, Switch
from experts.forms.phases import ChairForm, PhaseFormSet, initial_of
from experts.forms.review import read_answers, read_version
from experts.models import Assignment, ExpertProfile, ReviewRound
from experts.opening import phases_of
from experts.phases import FOR_DEPARTMENT, Phase
from experts.queries.desk import place_of, sheet_form, sheet_of
from experts.queries.others import together
from experts.queries.phases import phase_now
from experts.queries.reading import dossier_for, may_read
from experts.queries.sheet_versions import changes_of
from experts.rules import is_officer, is_the_expert
from experts.views.expert import own
from experts.views.officer import seen
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded


@guarded(READER, "GET", "POST")
def round_phases(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rows of switches: set by an officer while the round is planned, to be read afterwards."""
    found = seen(request, uid)
    if request.method == "POST" and not is_officer(found, request.user):
        raise Http404
    rows = phases_of([found.pk])[found.pk]
    initial = [initial_of(one) for one in rows]
    forms = PhaseFormSet(request.POST if request.method == "POST" else None, initial=initial, prefix="phase")
    reasons: Any = ()
    if request.method == "POST" and forms.is_valid():
        wanted = [form.phase() for form in forms if form.has_changed() or form.initial]
        kept = [one for one, form in zip(wanted, forms, strict=False) if form not in forms.deleted_forms]
        try:
            set_phases(review_round=found, phases=kept, by=asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The phases are set."))
            return redirect("round_phases", uid=uid)
    may_set = is_officer(found, request.user) and found.state == RoundState.PLANNED
    table = [_row(one, now=one == phase_now(found)) for one in rows]
    context = {"round": found, "forms": forms, "table": table, "may_set": may_set}
    context |= {"reasons": reasons, "chair_form": _chair_form(found), "may_chair": is_officer(found, request.user)}
    return render(request, "experts/phases.html", context, status=422 if request.method == "POST" else 200)


def _row(one: Phase, *, now: bool) -> dict[str, Any]:
    begins = RoundState(one.step).label if one.step else date_format(timezone.localtime(one.at), "Y-m-d H:i")
    opened = {str(who): [str(what.label) for what in Switch if what in one.opened.get(who, ())] for who in Audience}
    told = one.opened.get(Audience.OFFICER, ())
    opened[Audience.OFFICER] = [str(name) for what, name in FOR_DEPARTMENT.items() if what in told]
    return {"begins": begins, "now": now, "own_first": one.own_first, **opened}


def _chair_form(review_round: ReviewRound, data: Any = None) -> ChairForm:
    seated = ExpertProfile.objects.filter(assignments__round=review_round).select_related("person").distinct()
    return ChairForm(data, experts=seated.order_by("person__name", "pk"), initial={"chair": review_round.chair_id})


@guarded(PROGRAMME_OFFICER, "POST")
def round_chair(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who chairs the round."""
    found = seen(request, uid)
    form = _chair_form(found, request.POST)
    if form.is_valid():
        set_chair(review_round=found, chair=form.cleaned_data["chair"], by=asker(request))
        messages.success(request, _("The chair is set."))
    return redirect("round_phases", uid=uid)


@guarded(EXPERT, "POST")
def review_say(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say something to the other experts of the dossier."""
    assignment = own(request, uid)
    say(assignment=assignment, text=request.POST.get("text", ""), by=asker(request))
    return redirect("review", uid=uid)


@guarded(PERSON)
def review_versions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What a changed sheet said before: for its expert, and for the department as far as the phases open sheets."""
    rows = Assignment.objects.visible_to(request.user).select_related("round", "dossier", "expert__person")
    found: Assignment = get_object_or_404(rows, uid=uid)
    changes = changes_of(found, request.user)
    if not changes:
        raise Http404
    own_one = is_the_expert(found, request.user)
    back = reverse("review", args=[uid]) if own_one else reverse("dossier_assign", args=[found.dossier.uid])
    context = {"assignment": found, "changes": changes, "own": own_one, "back": back}
    return render(request, "experts/sheet_versions.html", context)


@guarded(EXPERT, "GET", "POST")
def review_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the submitted sheet while the phase allows it."""
    assignment = own(request, uid)
    if not may_read(assignment) or not assignment.is_done or not together(assignment).may_change:
        return redirect("review", uid=uid)
    sections, sheet, status = dossier_for(assignment), sheet_of(assignment), 200
    more: dict[str, Any] = {}
    if request.method == "POST":
        typed = read_answers(request.POST)
        try:
            change_score_sheet(
                assignment=assignment, answers=typed, expected_version=read_version(request.POST), by=asker(request)
            )
        except StaleSheet as stale:
            more, status = {"stale": stale}, 409
        except NotAllowed:
            raise
        except Refused as refused:
            more, status = {"reasons": refused.reasons}, 422
            sheet.scores, sheet.vetoes = dict(typed.scores), dict(typed.vetoes)
            sheet.opinion, sheet.recommendation = typed.opinion, typed.recommendation
        else:
            messages.success(request, _("Your changed sheet counts from now on."))
            return redirect("review", uid=uid)
    context = {
        "assignment": assignment,
        "sections": sections,
        "form": sheet_form(assignment, sheet),
        "place": place_of(assignment),
        **more,
    }
    return render(request, "experts/change.html", context, status=status)
