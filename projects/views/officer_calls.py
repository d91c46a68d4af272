"""Calls as officers see them: the list, the record, a new draft, a clone, the previews."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.policies import PROGRAMME_OFFICER, READER
from projects import rules as who
from projects.actions.call import clone_call, draft_call
from projects.callform import checklist, form_of
from projects.callrules import sentences
from projects.definitions.plan import Plan
from projects.definitions.scoring import Scoring
from projects.enums import CallState, ExtensionState
from projects.filters import CallFilter
from projects.forms.call import CloneForm, NewCallForm
from projects.models import Call
from projects.queries.call_documents import documents
from projects.queries.call_gaps import gaps
from projects.queries.lists import HEAVY, with_proposals
from workflows.errors import Refused
from workflows.files import files_of
from workflows.policies import guarded

PER_PAGE = 25
PARTS = {
    "facts": gettext_lazy("Facts and dates"),
    "directions": gettext_lazy("Directions"),
    "form": pgettext_lazy("call", "Form"),
    "rules": gettext_lazy("Rules"),
    "scoring": gettext_lazy("Scoring"),
    "plan": gettext_lazy("Plan"),
    "contacts": gettext_lazy("Contacts"),
    "documents": pgettext_lazy("call", "Documents"),
}


OWN_PAGES = {"form": "call_form", "documents": "call_documents"}
"""The parts that are edited one piece at a time, on pages of their own."""


def call_or_404(request: HttpRequest, uid: uuid.UUID) -> Call:
    """The call, when the asker sees it."""
    found: Call = get_object_or_404(Call.objects.visible_to(request.user).select_related("officer__person"), uid=uid)
    return found


@guarded(READER)
def officer_calls(request: HttpRequest) -> HttpResponse:
    """All calls with filters in the address."""
    rows = Call.objects.visible_to(request.user).defer(*HEAVY).order_by("-created_at", "-pk")
    filtered = CallFilter(request.GET, queryset=rows)
    page = Paginator(filtered.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": filtered,
        "page": page,
        "lines": with_proposals(page.object_list),
        "may_draft": who.is_officer(None, request.user),
    }
    return render(request, "projects/call/list.html", context)


@guarded(READER)
def officer_call(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The record of one call, one part at a time."""
    call = call_or_404(request, uid)
    part = request.GET.get("part", "facts")
    part = part if part in PARTS else "facts"
    officer = who.is_officer(call, request.user)
    extensions = list(call.extensions.select_related("proposed_by__person"))
    draft = call.state in {CallState.DRAFT, CallState.IN_APPROVAL}
    context = {
        "record": call,
        "call": call,
        "part": part,
        "parts": PARTS,
        "template": f"projects/call/parts/{part}.html",
        "may_edit": officer and call.state == CallState.DRAFT,
        "may_clone": officer,
        "gaps": gaps(call) if draft else [],
        "may_extend": officer
        and call.is_open()
        and not any(one.state == ExtensionState.PROPOSED for one in extensions),
        "extensions": extensions,
        "edit_url": edit_url(call, part),
        **CONTENT[part](call),
    }
    return render(request, "projects/call/record.html", context)


def edit_url(call: Call, part: str) -> str:
    """Where the part is edited."""
    if part in OWN_PAGES:
        return reverse(OWN_PAGES[part], args=[call.uid])
    return reverse("call_edit", args=[call.uid, part])


CONTENT: dict[str, Callable[[Call], dict[str, object]]] = {
    "facts": lambda call: {"areas": call.focus_areas.all()},
    "directions": lambda call: {"directions": call.directions.select_related("focus_area")},
    "form": lambda call: {"form": form_of(call)},
    "rules": lambda call: {"sentences": sentences(call)},
    "scoring": lambda call: {"scoring": Scoring.model_validate(call.scoring or {})},
    "plan": lambda call: {"plan": Plan.model_validate(call.plan or {})},
    "contacts": lambda call: {"contacts": call.contacts.all()},
    "documents": lambda call: {"documents": documents(call)},
}


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_new(request: HttpRequest) -> HttpResponse:
    """A new draft; what is missing is named on its page."""
    form = NewCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            call = draft_call(**form.cleaned_data, by=request.user)  # type: ignore[arg-type]  # signed in by policy
        except Refused as refusal:
            form.add_error("code", str(refusal.reasons[0].text))
        else:
            return redirect("officer_call", call.uid)
    context = {"form": form, "heading": _("New call"), "cancel_url": reverse("officer_calls")}
    return render(request, "form.html", {**context, "submit_label": _("Create the draft")})


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_clone(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A new draft from this call."""
    call = call_or_404(request, uid)
    form = CloneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = clone_call(call=call, code=form.cleaned_data["code"], by=request.user)  # type: ignore[arg-type]  # signed in by policy
        except Refused as refusal:
            form.add_error("code", str(refusal.reasons[0].text))
        else:
            if files_of(new).exists():
                messages.info(request, _("The documents were copied too: replace those that name the old year."))
            return redirect("officer_call", new.uid)
    context = {
        "form": form,
        "heading": _("Clone the call"),
        "lead": _(
            "Directions, contacts, documents, form, rules, scoring and plan of “%(title)s” are copied, dates and the"
            " document number not."
        )
        % {"title": call.title},
        "submit_label": _("Clone"),
        "cancel_url": reverse("officer_call", args=[call.uid]),
    }
    return render(request, "form.html", context)


@guarded(READER)
def call_preview(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The call as applicants will see it: its page and its form."""
    call = call_or_404(request, uid)
    context = {
        "call": call,
        "directions": call.directions.select_related("focus_area"),
        "contacts": call.contacts.all(),
        "documents": documents(call),
        "areas": call.focus_areas.all(),
        "sentences": sentences(call),
        "checklist": checklist(call),
        "form": form_of(call),
    }
    return render(request, "projects/call/preview.html", context)
