"""What an expert did: past titles, employment and study, papers. Each page is a list with one more below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from directory.policies import PERSON
from experts.actions import background as actions
from experts.enums import DOCUMENT, StationKind
from experts.forms.background import DocumentForm, StationForm, WorksForm
from experts.models import ExpertiseItem, ExpertProfile, Station
from experts.queries.record import documents_of
from workflows.actors import asker
from workflows.errors import NotAllowed, Reason, Refused
from workflows.files import files_of
from workflows.policies import guarded


@guarded(PERSON, "GET", "POST")
def own_works(request: HttpRequest) -> HttpResponse:
    """Past titles, by which dossiers are matched; some more."""
    own = own_profile(request)
    form = WorksForm(request.POST if request.method == "POST" else None)

    def add() -> str:
        count = actions.add_works(expert=own, items=form.items(), by=asker(request))
        return _("%(count)d titles added.") % {"count": count}

    return _page(request, "expert_works", form, add, {"works": own.expertise.all()})


@guarded(PERSON, "POST")
def work_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a past title out."""
    rows = ExpertiseItem.objects.select_related("expert").filter(expert__person__user=asker(request))
    actions.remove_work(item=get_object_or_404(rows, pk=pk), by=asker(request))
    return _taken_back(request, "expert_works")


@guarded(PERSON, "GET", "POST")
def own_stations(request: HttpRequest) -> HttpResponse:
    """Where the expert worked and studied; one more."""
    own = own_profile(request)
    form = StationForm(request.POST if request.method == "POST" else None)

    def add() -> str:
        given = {**form.cleaned_data, "kind": StationKind(form.cleaned_data["kind"])}
        actions.add_station(expert=own, by=asker(request), **given)
        return _("Written down. It counts from now on wherever experts are assigned.")

    return _page(request, "expert_stations", form, add, {"stations": own.stations.select_related("organisation")})


@guarded(PERSON, "POST")
def station_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a station back."""
    rows = Station.objects.select_related("expert").filter(expert__person__user=asker(request))
    actions.remove_station(station=get_object_or_404(rows, pk=pk), by=asker(request))
    return _taken_back(request, "expert_stations")


@guarded(PERSON, "GET", "POST")
def own_documents(request: HttpRequest) -> HttpResponse:
    """Papers that prove the profile; one more."""
    own = own_profile(request)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()

    def add() -> str:
        actions.add_document(expert=own, upload=form.cleaned_data["file"], by=asker(request))
        return _("The paper is kept.")

    return _page(request, "expert_documents", form, add, {"documents": documents_of(own)})


@guarded(PERSON, "POST")
def document_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a paper back."""
    own = own_profile(request)
    file = get_object_or_404(files_of(own, DOCUMENT), uid=uid)
    actions.remove_document(expert=own, file=file, by=asker(request))
    return _taken_back(request, "expert_documents")


def own_profile(request: HttpRequest) -> ExpertProfile:
    """The asker's own profile, or 404."""
    rows = ExpertProfile.objects.select_related("person")
    found: ExpertProfile = get_object_or_404(rows, person__user=asker(request))
    return found


def _page(
    request: HttpRequest, name: str, form: forms.Form, add: Callable[[], str], context: dict[str, Any]
) -> HttpResponse:
    """The list of `context` with the form; a valid POST runs `add`, which says what was done."""
    posted, reasons = request.method == "POST", tuple[Reason, ...]()
    if posted and form.is_valid():
        try:
            messages.success(request, add())
        except NotAllowed:
            raise
        except Refused as refused:
            reasons = tuple(refused.reasons)
        else:
            return redirect(name)
    context |= {"form": form, "reasons": reasons}
    return render(request, f"experts/{name}.html", context, status=422 if posted else 200)


def _taken_back(request: HttpRequest, name: str) -> HttpResponse:
    messages.success(request, _("Taken back."))
    return redirect(name)
