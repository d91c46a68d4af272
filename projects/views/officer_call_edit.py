"""Editing a draft call part by part. Bad input keeps everything typed; a stale page says so and keeps it too."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.policies import PROGRAMME_OFFICER
from projects.actions.call_edit import edit_call
from projects.checks.engine import rules_of
from projects.checks.subjects import SUBJECTS
from projects.definitions import standard
from projects.definitions.plan import Plan
from projects.definitions.scoring import Scoring
from projects.enums import CallState
from projects.forms.call import ZONES, ContactFormSet, DirectionFormSet, FactsForm, PlanForm
from projects.forms.call_rules import (
    CriterionFormSet,
    RuleFormSet,
    SchemeForm,
    VetoFormSet,
    rule_initial,
    scoring_from,
)
from projects.models import Call
from projects.views.officer_calls import CONTENT, PARTS, call_or_404
from workflows.errors import Reason, Refused, Stale
from workflows.policies import guarded
from workflows.queries.history import latest_entry

Data = Any
LONGEST_VERSION = 9
SET_LABELS = {
    "project": gettext_lazy("research projects"),
    "youth": gettext_lazy("young scientists"),
    "platform": gettext_lazy("laboratories and bases"),
}


@dataclass(frozen=True)
class Editor:
    """One part being edited: its forms by name, and what they give to `edit_call` once they are valid."""

    forms: dict[str, Any]
    parts: Callable[[], dict[str, Any]]
    notes: dict[str, Any]

    def is_valid(self) -> bool:
        """Whether all forms are valid; each is asked, so that all faults are named at once."""
        valid = [form.is_valid() for form in self.forms.values()]
        return all(valid)


def _facts(call: Call, data: Data) -> Editor:
    form = FactsForm(data, instance=Call.objects.get(pk=call.pk))
    return Editor({"form": form}, form.parts, {})


def _directions(call: Call, data: Data) -> Editor:
    names = ("code", "title", "text", "focus_area", "places", "most_amount", "own_ratio")
    rows = [{name: getattr(row, name) for name in names} for row in call.directions.select_related("focus_area")]
    rows_set = DirectionFormSet(data, initial=rows, prefix="row")
    return Editor({"rows": rows_set}, lambda: {"directions": rows_set.rows()}, {})


def _contacts(call: Call, data: Data) -> Editor:
    rows = list(call.contacts.values("kind", "name", "phone"))
    rows_set = ContactFormSet(data, initial=rows, prefix="row")
    return Editor({"rows": rows_set}, lambda: {"contacts": rows_set.rows()}, {})


def _rules(call: Call, data: Data) -> Editor:
    rows_set = RuleFormSet(data, initial=[rule_initial(rule) for rule in rules_of(call.rules)], prefix="row")
    notes = {
        "names": [(row.label, [label for _code, label in row.choices]) for row in SUBJECTS.values() if row.choices],
        "sets": [(name, SET_LABELS[name]) for name in standard.RULE_SETS],
    }
    return Editor({"rows": rows_set}, rows_set.parts, notes)


def _scoring(call: Call, data: Data) -> Editor:
    stored = Scoring.model_validate(call.scoring or {})
    criteria = CriterionFormSet(data, initial=[one.model_dump() for one in stored.criteria], prefix="row")
    vetoes = VetoFormSet(data, initial=[one.model_dump() for one in stored.vetoes], prefix="veto")
    scheme = SchemeForm(data, initial=stored.model_dump(exclude={"criteria", "vetoes"}))
    return Editor(
        {"rows": criteria, "vetoes": vetoes, "form": scheme},
        lambda: {"scoring": scoring_from(scheme, criteria, vetoes)},
        {"sets": [(name, SET_LABELS[name]) for name in standard.SCORINGS]},
    )


def _plan(call: Call, data: Data) -> Editor:
    form = PlanForm(data, initial=Plan.model_validate(call.plan or {}).model_dump())
    return Editor({"form": form}, form.parts, {})


EDITORS: dict[str, Callable[[Call, Data], Editor]] = {
    "facts": _facts,
    "directions": _directions,
    "contacts": _contacts,
    "rules": _rules,
    "scoring": _scoring,
    "plan": _plan,
}


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_edit(request: HttpRequest, uid: uuid.UUID, part: str) -> HttpResponse:
    """Edit one part of a draft."""
    if part not in EDITORS:
        raise Http404
    call = draft_or_refused(request, uid)
    if request.method == "POST" and "start_from" in request.POST:
        return _start_from(request, call, part, request.POST["start_from"])
    with timezone.override(ZoneInfo(_zone(request, call))):
        return _edit(request, call, part)


def _edit(request: HttpRequest, call: Call, part: str) -> HttpResponse:
    editor = EDITORS[part](call, request.POST if request.method == "POST" else None)
    reasons: Sequence[Reason] = ()
    present: dict[str, Any] = {}
    if request.method == "POST" and editor.is_valid():
        try:
            save_parts(request, call, editor.parts())
        except Stale as stale:
            reasons, present = stale.reasons, as_it_is_now(call, part)
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            return _saved(call, part, more="more" in request.POST)
    context = {
        **dict.fromkeys(("form", "rows", "vetoes")),
        **editor.forms,
        **editor.notes,
        "call": call,
        "part": part,
        "heading": PARTS[part],
        "reasons": reasons,
        "version": shown_version(request, call, present),
        "present": present,
        "cancel_url": f"{reverse('officer_call', args=[call.uid])}?part={part}",
    }
    return render(request, f"projects/call/edit/{part}.html", context, status=409 if reasons else 200)


def shown_version(request: HttpRequest, call: Call, present: dict[str, Any]) -> str | int:
    """The version that the page may save over: the one it was opened with, until it shows a later one (`present`)."""
    if present:
        version: int = present["call"].version
        return version
    return request.POST.get("version", call.version)


def as_it_is_now(call: Call, part: str) -> dict[str, Any]:
    """The stored part as its page shows it, with who saved it last: what a stale page sets beside what was typed."""
    now = Call.objects.get(pk=call.pk)
    saved = latest_entry(now, "projects.call.edit")
    return {
        "call": now,
        "template": f"projects/call/parts/{part}.html",
        "heading": PARTS[part],
        "who": saved.who if saved else "",
        "at": saved.at if saved else None,
        **CONTENT[part](now),
    }


def _saved(call: Call, part: str, *, more: bool) -> HttpResponse:
    if more:
        return redirect("call_edit", call.uid, part)
    return redirect(f"{reverse('officer_call', args=[call.uid])}?part={part}")


def _start_from(request: HttpRequest, call: Call, part: str, name: str) -> HttpResponse:
    standards: dict[str, dict[str, Any]] = {"rules": standard.RULE_SETS, "scoring": standard.SCORINGS}
    if name not in standards.get(part, {}):
        raise Http404
    save_parts(request, call, {part: standards[part][name]})
    return redirect("call_edit", call.uid, part)


def draft_or_refused(request: HttpRequest, uid: uuid.UUID) -> Call:
    """The call being edited. Raises Refused when it is no draft."""
    call = call_or_404(request, uid)
    if call.state != CallState.DRAFT:
        raise Refused(
            Reason(
                "not_draft",
                _("Only drafts can be edited; this call is “%(state)s”.") % {"state": CallState(call.state).label},
                _("Clone it, or have it returned for correction."),
            )
        )
    return call


def save_parts(request: HttpRequest, call: Call, parts: dict[str, Any]) -> None:
    """Save under the version that the page was opened with, and say so. Raises Refused, Stale."""
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > LONGEST_VERSION:
        raise Stale(Reason("stale", _("This page is incomplete."), _("Open it again.")))
    edit_call(call=call, by=request.user, expected_version=int(version), **parts)  # type: ignore[arg-type]  # signed in by policy
    messages.success(request, _("Saved."))


def _zone(request: HttpRequest, call: Call) -> str:
    typed = request.POST.get("zone", "")
    return typed if typed in dict(ZONES) else call.zone
