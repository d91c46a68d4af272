"""Ties: the expert's own list, and the officer's rulings about one dossier."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON, PROGRAMME_OFFICER
from experts.actions.ties import add_tie, pin_conflict, remove_tie, unpin_conflict
from experts.conflicts import ground, standing_conflicts
from experts.enums import PinVerdict, TieKind
from experts.forms.ties import PinForm, TieForm
from experts.models import Dossier, ExpertProfile, Tie
from workflows.actors import asker
from workflows.policies import guarded


@guarded(PERSON, "GET", "POST")
def own_ties(request: HttpRequest) -> HttpResponse:
    """What ties the expert to others: the list, and one more."""
    own = get_object_or_404(ExpertProfile.objects.select_related("person"), person__user=asker(request))
    form = TieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind, until, note = TieKind(given["kind"]), given["until"], given["note"]
        add_tie(expert=own, kind=kind, until=until, note=note, by=asker(request), **form.party())
        messages.success(request, _("Written down. It counts from now on wherever experts are assigned."))
        return redirect("expert_ties")
    rows = own.ties.select_related("organisation")
    status = 422 if request.method == "POST" else 200
    return render(request, "experts/ties.html", {"form": form, "ties": rows}, status=status)


@guarded(PERSON, "POST")
def tie_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was written down by mistake."""
    rows = Tie.objects.select_related("expert__person").filter(expert__person__user=asker(request))
    remove_tie(tie=get_object_or_404(rows, pk=pk), by=asker(request))
    messages.success(request, _("Taken back."))
    return redirect("expert_ties")


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def dossier_pin(request: HttpRequest, uid: UUID, expert: UUID) -> HttpResponse:
    """Rule about one expert and one dossier; the computed conflicts stand beside."""
    rows = Dossier.objects.visible_to(request.user).select_related("round")
    dossier = get_object_or_404(rows, uid=uid, round__isnull=False)
    people = ExpertProfile.objects.visible_to(request.user).select_related("person")
    found = get_object_or_404(people, uid=expert)
    pin = dossier.pins.filter(expert=found).first()
    initial = {"verdict": pin.verdict, "reason": pin.reason} if pin else {"verdict": PinVerdict.KEEP_AWAY}
    form = PinForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and "remove" in request.POST:
        if pin:
            unpin_conflict(pin=pin, by=asker(request))
        return redirect("dossier_assign", uid=uid)
    if request.method == "POST" and form.is_valid():
        verdict, reason = PinVerdict(form.cleaned_data["verdict"]), form.cleaned_data["reason"]
        pin_conflict(dossier=dossier, expert=found, verdict=verdict, reason=reason, by=asker(request))
        return redirect("dossier_assign", uid=uid)
    context = {
        "dossier": dossier,
        "expert": found,
        "pin": pin,
        "form": form,
        "conflicts": standing_conflicts(ground(dossier.round, [found]), found, dossier),
    }
    return render(request, "experts/pin.html", context, status=422 if request.method == "POST" else 200)
