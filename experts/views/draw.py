"""Draws of a round: begun, watched, looked through, changed by hand, confirmed, handed to whoever does them over."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER, READER
from experts.actions import draw as draws
from experts.enums import DrawFailure, DrawMode, DrawState
from experts.forms.draw import RulesForm, TakeOutForm
from experts.models import Draw, DrawnSeat
from experts.planning.rules import rules_of, thawed
from experts.queries.draw import busiest, doing, fingerprint, is_given_up, kept_seats, lacks, loads, taken_out
from experts.queries.seats import free_seats
from experts.rules import is_officer
from experts.views.officer import seen, take_step
from workflows.actors import asker
from workflows.errors import NotAllowed, Refused
from workflows.policies import guarded

PAGE = 25
# Seconds after which the page of a draw that is being computed asks again.
RENEW = "3"
STEPS: dict[str, Any] = {"start": draws.start_draw, "again": draws.compute_again, "withdraw": draws.withdraw_draw}
PARTS = ("inputs", "outcome", "chances")


def drawn(request: HttpRequest, uid: UUID) -> Draw:
    """A draw the asker may see; 404 for everything else."""
    rows = Draw.objects.visible_to(request.user).select_related("round", "committed_by__person")
    found: Draw = get_object_or_404(rows, uid=uid)
    return found


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def round_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin a draw: the rules it keeps, how many seats are free. Where no lots are drawn it is computed at once."""
    found = seen(request, uid)
    if request.method == "POST":
        begun = draws.commit_draw(review_round=found, by=asker(request))
        if begun.mode != DrawMode.DRAWN:
            draws.start_draw(draw=begun, by=asker(request))
        return redirect("draw", uid=begun.uid)
    context = {"round": found, "rules": rules_of(found), "free": free_seats(found), "draws": found.draws.all()}
    return render(request, "experts/plan.html", context)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def round_rules(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rules of the draws to come."""
    found = seen(request, uid)
    form = RulesForm(request.POST or None, rules=rules_of(found))
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            draws.set_rules(review_round=found, rules=form.rules(found), by=asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The rules of the draw are kept."))
            return redirect("round", uid=uid)
    context = {"form": form, "heading": _("Rules of the draw"), "reasons": reasons, "cancel_url": round_page(uid)}
    return render(request, "form.html", context, status=409 if reasons else 200)


def round_page(uid: UUID) -> str:
    """The address of a round."""
    return reverse("round", args=[uid])


@guarded(READER)
def draw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One draw: where it stands, what it promises, and its plan once it is there."""
    found = drawn(request, uid)
    context = _head(request, found)
    if found.drawn_at:
        context |= _plan(request, found)
    response = render(request, "experts/draw.html", context)
    if context["doing"]:
        response.headers["Refresh"] = RENEW
    return response


def _head(request: HttpRequest, found: Draw) -> dict[str, Any]:
    officer = is_officer(found, request.user)
    computing = found.state == DrawState.COMPUTING
    given_up = computing and is_given_up(found)
    failure = DrawFailure.GIVEN_UP.label if given_up else found.get_failure_display()
    return {
        "draw": found,
        "rules": thawed(found.rules),
        "may_change": officer and found.state == DrawState.DRAWN,
        "doing": doing(found) if computing and not given_up else "",
        "failure": failure if given_up or found.state == DrawState.FAILED else "",
    }


def _plan(request: HttpRequest, found: Draw) -> dict[str, Any]:
    """The plan a page of dossiers at a time, with what was changed by hand, shortages and loads."""
    kept = kept_seats(found)
    dossiers = found.round.dossiers.filter(pk__in=found.seats.values("dossier_id")).defer("content").order_by("pk")
    page = Paginator(dossiers, PAGE).get_page(request.GET.get("page"))
    out = taken_out(found)
    spread = loads(kept)
    return {
        "page": page,
        "rows": _panels(found, page.object_list, out),
        "count": len(kept),
        "experts": sum(number for _seats, number in spread),
        "seen": fingerprint(found, kept),
        "lacks": lacks(found),
        "departures": found.departures.select_related("expert__person", "dossier", "by__person"),
        "busiest": busiest(kept),
        "load_values": [number for _seats, number in spread],
        "load_labels": [str(seats) for seats, _number in spread],
    }


def _panels(found: Draw, dossiers: Any, out: set[tuple[int, int]]) -> list[tuple[Any, list[tuple[DrawnSeat, bool]]]]:
    """Each dossier with its seats, and whether each was taken out."""
    rows = found.seats.filter(dossier__in=list(dossiers)).select_related("expert__person").order_by("pk")
    panels: dict[int, list[tuple[DrawnSeat, bool]]] = {dossier.pk: [] for dossier in dossiers}
    for seat in rows:
        panels[seat.dossier_id].append((seat, (seat.dossier_id, seat.expert_id) in out))
    return [(dossier, panels[dossier.pk]) for dossier in dossiers]


@guarded(PROGRAMME_OFFICER, "POST")
def draw_confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Assign all of what was looked at, or nothing."""
    found = drawn(request, uid)
    try:
        made = draws.confirm_draw(draw=found, seen=request.POST.get("seen", ""), by=asker(request))
    except NotAllowed:
        raise
    except Refused as refused:
        found.refresh_from_db()
        context = _head(request, found) | {"reasons": refused.reasons}
        if found.drawn_at:
            context |= _plan(request, found)
        return render(request, "experts/draw.html", context, status=409)
    messages.success(request, _("Seats assigned: %(count)d.") % {"count": len(made)})
    return redirect("round", uid=found.round.uid)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def draw_step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Confirm one step of a draw and take it."""
    found = drawn(request, uid)
    return take_step(request, found, name, steps=STEPS, subject="draw", back=reverse("draw", args=[uid]))


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def draw_take_out(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Leave one seat out of what is confirmed, with the reason."""
    words = _("Take a seat out"), _("Take out"), _("Taken out: %(name)s.")
    return _change_seat(request, drawn(request, uid), pk, draws.take_out, words)


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def draw_put_back(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take a seat that was taken out into the plan again, with the reason."""
    words = _("Put a seat back"), _("Put back"), _("Put back: %(name)s.")
    return _change_seat(request, drawn(request, uid), pk, draws.put_back, words)


def _change_seat(
    request: HttpRequest, found: Draw, pk: int, change: Callable[..., Any], words: tuple[str, str, str]
) -> HttpResponse:
    """Ask for the reason, then change one seat of the plan. words -- heading, button, what is said when it is done."""
    seat = get_object_or_404(found.seats.select_related("dossier", "expert__person", "draw"), pk=pk)
    form = TakeOutForm(request.POST or None)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            change(seat=seat, reason=form.cleaned_data["reason"], by=asker(request))
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, words[2] % {"name": seat.expert})
            return redirect("draw", uid=found.uid)
    context = {
        "form": form,
        "heading": words[0],
        "question": str(seat),
        "reasons": reasons,
        "submit_label": words[1],
        "cancel_url": reverse("draw", args=[found.uid]),
    }
    return render(request, "confirm.html", context, status=409 if reasons else 200)


@guarded(READER)
def draw_part(request: HttpRequest, uid: UUID, part: str) -> HttpResponse:
    """The bytes of a draw, for whoever does it over elsewhere; after the secret was revealed."""
    found = drawn(request, uid)
    if part not in PARTS or not found.revealed_at or not found.drawn_at:
        raise Http404
    content = zlib.decompress(getattr(found.record, part))
    name = f"draw-{found.round_id}-{found.number}-{part}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json", headers=headers)
