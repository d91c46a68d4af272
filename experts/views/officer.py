"""The programme officer's pages: rounds, seats, assigning, ranking, and every step of the machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER, READER
from experts.actions import assignment as assignments
from experts.actions import round as rounds_actions
from experts.actions.terms import terms_refusals
from experts.enums import Switch
from experts.forms.officer import DeadlineForm, StepForm
from experts.models import Assignment, Dossier, ExpertProfile, ReviewRound
from experts.plan import arisen, candidates, shortages
from experts.planning.rules import may_be_set, rules_of
from experts.queries.attachments import attachments
from experts.queries.divergence import flagged
from experts.queries.draw import binding_lots, departures
from experts.queries.invitations import answers
from experts.queries.kept_away import names_kept_away
from experts.queries.lists import with_progress
from experts.queries.others import told_to_department
from experts.queries.phases import open_to_department
from experts.queries.seats import Seats, seat_counts, seats
from experts.rules import is_officer
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.machine import machine_of
from workflows.policies import guarded

PAGE = 25
ROUND_STEPS: dict[str, Any] = {
    "open": rounds_actions.open_round,
    "send_invitations": rounds_actions.send_invitations,
    "discuss": rounds_actions.discuss_round,
    "rank": rounds_actions.rank_round,
    "close": rounds_actions.close_round,
    "cancel": rounds_actions.cancel_round,
}
ASSIGNMENT_STEPS: dict[str, Any] = {"invite": assignments.invite, "replace": assignments.replace}


def seen(request: HttpRequest, uid: UUID) -> ReviewRound:
    """A round the asker may see; 404 for everything else."""
    found: ReviewRound = get_object_or_404(ReviewRound.objects.visible_to(request.user), uid=uid)
    return found


@guarded(READER)
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, the newest first, with how far they are."""
    rows = ReviewRound.objects.visible_to(request.user).order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "experts/rounds.html", {"page": page, "lines": with_progress(page.object_list)})


@guarded(READER)
def review_round(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One round: where it stands, its dossiers with their seats, who lacks some."""
    found = seen(request, uid)
    counts = seat_counts(found)
    page = Paginator(counts, PAGE).get_page(request.GET.get("page"))
    rows = seats(found, [one.dossier for one in page.object_list])
    may_assign = is_officer(found, request.user) and found.is_running
    draws = list(found.draws.all())
    short = shortages(found, rows) if may_assign else {}
    shows_scores = open_to_department(found, Switch.SCORES)
    context = {
        "round": found,
        "rows": [(row, short.get(row.dossier.pk)) for row in rows],
        "arisen": _told(rows, arisen(found, rows)) if may_assign else [],
        "page": page,
        "lacking": sum(one.lacking for one in counts),
        "done": sum(one.done for one in counts),
        "live": sum(one.live for one in counts),
        "may_assign": may_assign,
        "rules": rules_of(found),
        "may_rule": is_officer(found, request.user) and may_be_set(found, draws),
        "draws": draws,
        "departures": departures(found),
        "answers": answers(found),
        "may_set_terms": is_officer(found, request.user) and not terms_refusals(found),
        "shows_scores": shows_scores,
        "flagged": flagged(found) if shows_scores else [],
        "times": settings.EXTREME_DEVIATIONS,
    }
    return render(request, "experts/round.html", context)


def _told(rows: Iterable[Seats], against: Mapping[int, Any]) -> list[tuple[Dossier, Assignment, Any]]:
    """The seats with something against them, in the order of the page."""
    return [(row.dossier, one, against[one.pk]) for row in rows for one in row.assignments if one.pk in against]


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def round_step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Confirm one step of a round and take it."""
    found = seen(request, uid)
    back = reverse("round", args=[uid])
    return take_step(request, found, name, steps=ROUND_STEPS, subject="review_round", back=back)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def assignment_step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Confirm one step of an assignment and take it."""
    rows = Assignment.objects.visible_to(request.user).select_related("round", "dossier", "expert__person")
    found = get_object_or_404(rows, uid=uid)
    back = reverse("round", args=[found.round.uid])
    return take_step(request, found, name, steps=ASSIGNMENT_STEPS, subject="assignment", back=back)


def take_step(
    request: HttpRequest,
    record: Any,
    name: str,
    *,
    steps: dict[str, Any],
    subject: str,
    back: str,
    form_class: type[StepForm] = StepForm,
) -> HttpResponse:
    """Confirm the transition `name` of `record`, then take it by `steps[name]`; refusals are shown in place.

    form_class -- asks for the note and what else the step takes, by the names of its parameters.
    """
    if name not in steps:
        raise Http404
    row = machine_of(record).transition(name)
    form = form_class(request.POST if request.method == "POST" else None, row=row)
    reasons: Any = row.refusals(record)
    if request.method == "POST" and form.is_valid():
        try:
            steps[name](**{subject: record}, by=asker(request), **{"note": "", **form.cleaned_data})
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Done: %(what)s.") % {"what": row.label})
            return redirect(back)
    context = {
        "form": form,
        "heading": row.label,
        "question": str(record),
        "grave": row.grave,
        "reasons": reasons,
        "submit_label": row.label,
        "cancel_url": back,
    }
    return render(request, "confirm.html", context, status=409 if request.method == "POST" and reasons else 200)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def round_deadline(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the experts more time."""
    found = seen(request, uid)
    form = DeadlineForm(request.POST or None, initial={"until": found.score_deadline})
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            rounds_actions.extend_deadline(review_round=found, until=form.cleaned_data["until"], by=asker(request))
        except Refused as refused:
            reasons = refused.reasons
        else:
            return redirect("round", uid=uid)
    back = reverse("round", args=[uid])
    context = {"form": form, "heading": _("Give more time"), "reasons": reasons, "cancel_url": back}
    return render(request, "form.html", context, status=409 if reasons else 200)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def dossier_assign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The pool against one dossier: who fits and why, who is ruled out and why; assign one."""
    dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user).select_related("round"), uid=uid, round__isnull=False
    )
    if request.method == "POST":
        expert = get_object_or_404(ExpertProfile.objects.visible_to(request.user), uid=request.POST.get("expert"))
        reason = request.POST.get("reason", "")
        assignments.assign_expert(dossier=dossier, expert=expert, by=asker(request), reason=reason)
        messages.success(request, _("Assigned: %(name)s.") % {"name": expert})
        return redirect("dossier_assign", uid=uid)
    found = candidates(dossier.round, dossier)
    seated = dossier.assignments.select_related("expert__person").order_by("pk")
    names = names_kept_away([dossier])
    context = {
        "dossier": dossier,
        "round": dossier.round,
        "lots": binding_lots(dossier.round),
        "seated": seated,
        "files": attachments(dossier),
        "pins": dossier.pins.select_related("expert__person", "by__person"),
        "free": [one for one in found if not one.conflicts][:PAGE],
        "ruled_out": [one for one in found if one.conflicts][:PAGE],
        "together": told_to_department(dossier),
        "kept_people": sorted(names["people"].values()),
        "kept_organisations": sorted(names["organisations"].values()),
    }
    return render(request, "experts/assign.html", context)
