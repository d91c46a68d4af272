"""The common page of every transition that needs no more than a note."""

from __future__ import annotations

import inspect
import uuid
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from workflows.actions.perform import state_refusals
from workflows.actors import asker
from workflows.errors import NotAllowed, Reason, Refused
from workflows.forms.transition import TransitionForm
from workflows.machine import MACHINES, Transition, machine_of
from workflows.policies import SIGNED_IN, guarded
from workflows.verbs import VERBS, Verb


@guarded(SIGNED_IN, "GET", "POST")
def transition(request: HttpRequest, label: str, uid: uuid.UUID, name: str) -> HttpResponse:
    """GET shows what will happen and what hinders it; POST does it. What was typed survives a refusal."""
    obj = _visible(request, label, uid)
    row, verb = _row_and_verb(obj, name, asker(request))
    if verb.page is not None:
        return redirect(verb.page(obj))
    form = TransitionForm(
        request.POST if request.method == "POST" else None, row=row, initial={"version": _looked_at(request, obj)}
    )
    reasons = [*state_refusals(obj, row), *row.refusals(obj)]
    if request.method == "POST" and form.is_valid():
        try:
            _run(verb, obj, asker(request), form)
        except NotAllowed:
            raise
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, _("Done: %(what)s.") % {"what": row.label})
            return redirect(verb.back_url(obj, asker(request)))
    return _page(request, obj, row, form, reasons)


def _visible(request: HttpRequest, label: str, uid: uuid.UUID) -> Any:
    """The object, if it is one with a machine that the asker sees; else 404."""
    model = next((model for model in MACHINES if model._meta.label_lower == label.lower()), None)
    manager: Any = model and apps.get_model(model._meta.label)._default_manager
    if not hasattr(manager, "visible_to"):
        raise Http404
    return get_object_or_404(manager.visible_to(request.user), uid=uid)


def _row_and_verb(obj: Any, name: str, user: Any) -> tuple[Transition, Verb]:
    row = next((row for row in machine_of(obj).transitions if row.name == name), None)
    verb = VERBS.get((type(obj), name))
    if row is None or verb is None or row.automatic or not row.allows(obj, user):
        raise Http404
    return row, verb


def _looked_at(request: HttpRequest, obj: Any) -> int:
    """The version that the person saw: of the page they came from, else of this one."""
    given = request.GET.get("version", "")
    return int(given) if given.isdecimal() and len(given) < len("2147483648") else obj.version


def _run(verb: Verb, obj: Any, user: Any, form: TransitionForm) -> None:
    """Run the action; the version goes with it where the action takes one."""
    version = form.cleaned_data.get("version")
    more = {}
    if version is not None and verb.action and "expected_version" in inspect.signature(verb.action).parameters:
        more["expected_version"] = version
    verb.run(obj, by=user, note=form.cleaned_data.get("note", ""), **more)


def _page(request: HttpRequest, obj: Any, row: Transition, form: TransitionForm, reasons: list[Reason]) -> HttpResponse:
    machine, verb = machine_of(obj), VERBS[type(obj), row.name]
    context = {
        "record": obj,
        "row": row,
        "form": form,
        "reasons": reasons,
        "grave": row.grave,
        "heading": row.label,
        "present": machine.state(obj.state),
        "target": machine.state(row.target),
        "can": not reasons or form.is_bound,
        "says": verb.says(obj) if verb.says else "",
        "cancel_url": verb.back_url(obj, request.user),
    }
    refused = request.method == "POST" and bool(reasons)
    return render(request, "workflows/transition.html", context, status=409 if refused else 200)
