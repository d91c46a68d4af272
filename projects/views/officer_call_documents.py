"""The documents of a draft call: putting them there and taking them away."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.policies import PROGRAMME_OFFICER
from projects.actions.call_documents import add_document, remove_document
from projects.enums import DocumentKind
from projects.forms.call import DocumentForm
from projects.models import Call
from projects.queries.call_documents import documents
from projects.views.officer_call_edit import draft_or_refused
from workflows.actors import asker
from workflows.errors import Refused
from workflows.files import files_of
from workflows.policies import guarded


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_documents(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """List, add and remove the documents of a draft. A refused file is named with what mends it (409)."""
    call = draft_or_refused(request, uid)
    if "remove" in request.POST:
        return _remove(request, call)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _added(request, call, form):
        return redirect("call_documents", call.uid)
    context = {
        "call": call,
        "form": form,
        "documents": documents(call),
        "cancel_url": f"{reverse('officer_call', args=[call.uid])}?part=documents",
    }
    return render(request, "projects/call/edit/documents.html", context, status=409 if form.errors else 200)


def _added(request: HttpRequest, call: Call, form: DocumentForm) -> bool:
    kind = DocumentKind(form.cleaned_data["kind"])
    try:
        add_document(call=call, kind=kind, upload=form.cleaned_data["upload"], by=asker(request))
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("upload", f"{reason.text} {reason.mend}")
        return False
    messages.success(request, _("Saved."))
    return True


def _remove(request: HttpRequest, call: Call) -> HttpResponse:
    stored = get_object_or_404(files_of(call), uid=_uid(request.POST["remove"]))
    remove_document(call=call, stored=stored, by=asker(request))
    messages.success(request, _("Removed: %(name)s.") % {"name": stored.name})
    return redirect("call_documents", call.uid)


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
