"""The form editor: sections and fields, each change one step, without script."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.policies import PROGRAMME_OFFICER
from projects.callform import form_of
from projects.definitions import form_edit, standard
from projects.definitions.form import KIND_LABELS, OF_PROPOSAL, FieldKind, Form, FormField, Section
from projects.forms.call_form import ColumnFormSet, FieldForm, SectionForm, field_initial
from projects.models import Call
from projects.views.officer_call_edit import as_it_is_now, draft_or_refused, save_parts, shown_version
from workflows.errors import Refused, Stale
from workflows.policies import guarded

STANDARD_LABELS = {
    "standard": gettext_lazy("project, itemised budget"),
    "lump_sum": gettext_lazy("project, lump sum"),
    "key_lab": gettext_lazy("key laboratory"),
    "base": gettext_lazy("cooperation base"),
}
Change = Callable[[Form, str, str], Form]
CHANGES: dict[str, Change] = {
    "section_up": lambda form, section, _field: form_edit.move_section(form, section, "up"),
    "section_down": lambda form, section, _field: form_edit.move_section(form, section, "down"),
    "section_remove": lambda form, section, _field: form_edit.remove_section(form, section),
    "field_up": lambda form, section, field: form_edit.move_field(form, section, field, "up"),
    "field_down": lambda form, section, field: form_edit.move_field(form, section, field, "down"),
    "field_remove": form_edit.remove_field,
    "start_from": lambda _form, name, _field: standard.FORMS[name],
}
"""What a button of the editor does: its value is the name, the section (or standard form), and the field."""


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_form(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """All sections and fields; POST moves or removes one, or starts again from a standard form."""
    call = draft_or_refused(request, uid)
    if request.method == "POST":
        save_parts(request, call, {"form": _changed(form_of(call), request.POST.get("change", ""))})
        return redirect("call_form", call.uid)
    asked = {field.kind for field in form_of(call).all_fields()}
    context = {
        "call": call,
        "form": form_of(call),
        "addable": [(kind.value, KIND_LABELS[kind]) for kind in FieldKind if kind not in asked & OF_PROPOSAL],
        "standards": STANDARD_LABELS,
        "cancel_url": f"{reverse('officer_call', args=[call.uid])}?part=form",
    }
    return render(request, "projects/call/edit/form.html", context)


def _changed(form: Form, change: str) -> Form:
    name, section, field = [*change.split(" "), "", "", ""][:3]
    try:
        return CHANGES[name](form, section, field)
    except (KeyError, StopIteration):
        raise Http404 from None


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_section(request: HttpRequest, uid: uuid.UUID, section_id: str) -> HttpResponse:
    """Write a section; "new" adds one."""
    call = draft_or_refused(request, uid)
    stored = form_of(call)
    section = _section(stored, section_id)
    form = SectionForm(request.POST or None, initial={"title": section.title, "hint": section.hint} if section else {})
    if request.method == "POST" and form.is_valid():
        new = Section(id=section.id if section else form_edit.free_id(stored, "s"), **form.cleaned_data)
        if _save(request, call, form, form_edit.put_section(stored, new)):
            return redirect("call_form", call.uid)
    return _page(request, call, {"form": form, "heading": _("Section") if section else _("New section")})


@guarded(PROGRAMME_OFFICER, "GET", "POST")
def call_field(request: HttpRequest, uid: uuid.UUID, section_id: str, field_id: str) -> HttpResponse:
    """Write a field; "new" adds one of the kind named in the address."""
    call = draft_or_refused(request, uid)
    stored = form_of(call)
    section = _section(stored, section_id)
    if section is None:
        raise Http404
    field = next((one for one in section.fields if one.id == field_id), None)
    kind = _kind(request, field, field_id)
    data = request.POST if request.method == "POST" else None
    form = FieldForm(data, kind=kind, initial=field_initial(field) if field else {})
    columns = _columns(data, kind, field)
    if data is not None and form.is_valid() and (columns is None or columns.is_valid()):
        new = form.build(
            field.id if field else form_edit.free_id(stored, "f"), columns.columns() if columns is not None else ()
        )
        if new and _save(request, call, form, _put(form, stored, section_id, new)):
            return redirect("call_form", call.uid)
    return _page(request, call, {"form": form, "rows": columns, "kind": kind.value, "heading": KIND_LABELS[kind]})


def _section(form: Form, section_id: str) -> Section | None:
    if section_id == "new":
        return None
    try:
        return form.section(section_id)
    except KeyError:
        raise Http404 from None


def _kind(request: HttpRequest, field: FormField | None, field_id: str) -> FieldKind:
    if field is not None:
        return field.kind
    try:
        return FieldKind(request.GET.get("kind") or request.POST.get("kind", ""))
    except ValueError:
        raise Http404 from None


def _columns(data: Any, kind: FieldKind, field: FormField | None) -> Any:
    if kind is not FieldKind.TABLE:
        return None
    initial = [column.model_dump(mode="json") for column in field.columns] if field else []
    return ColumnFormSet(data, initial=initial, prefix="row")


def _put(form: FieldForm, stored: Form, section_id: str, field: FormField) -> Form | None:
    try:
        return form_edit.put_field(stored, section_id, field)
    except ValueError:
        form.add_error(None, _("The form asks for this already."))
        return None


def _save(request: HttpRequest, call: Call, form: Any, changed: Form | None) -> bool:
    if changed is None:
        return False
    try:
        save_parts(request, call, {"form": changed})
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, f"{reason.text} {reason.mend}")
        form.stale = isinstance(refusal, Stale)
        return False
    return True


def _page(request: HttpRequest, call: Call, context: dict[str, Any]) -> HttpResponse:
    present = as_it_is_now(call, "form") if getattr(context["form"], "stale", False) else {}
    context = {
        **dict.fromkeys(("rows", "vetoes")),
        **context,
        "call": call,
        "present": present,
        "version": shown_version(request, call, present),
        "cancel_url": reverse("call_form", args=[call.uid]),
    }
    return render(request, "projects/call/edit/part.html", context, status=409 if present else 200)
