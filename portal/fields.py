"""How one form field is shown: its widget with the wiring that assistive technology needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COUNTED = (forms.Textarea, forms.TextInput)
NATIVE_TYPES: dict[type[forms.Widget], str] = {forms.DateTimeInput: "datetime-local", forms.DateInput: "date"}
# Django includes a template for each option, which costs most of a page with long lists.
SELECT = "look/select.html"
# Short codes need no counter.
LEAST_COUNTED = 30


@dataclass(frozen=True)
class Fault:
    """One line of the error summary: the text, and the address of the field within the page ("" for none)."""

    text: str
    label: str | _StrPromise
    anchor: str


def shown(bound: BoundField, *, label: str = "", hint: str = "") -> dict[str, Any]:
    """The context of `look/field.html` for one bound field.

    Names in `needed_later` of its form are saved without, but not called optional: a later step asks for them.
    """
    widget = bound.field.widget
    _use_native_type(widget)
    if type(widget) is forms.Select:
        widget.template_name = SELECT
    name = bound.auto_id or bound.html_name
    most = _most(bound)
    hint_text = hint or bound.help_text
    described = _described(name, hint=bool(hint_text), errors=bool(bound.errors), counted=bool(most))
    grouped = bool(bound.use_fieldset)
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described and not grouped else {}
    return {
        "field": bound,
        "label": label or bound.label,
        "hint": hint_text,
        "name": name,
        "control": bound.as_widget(attrs=attrs),
        "described": described,
        "grouped": grouped,
        "check": isinstance(widget, forms.CheckboxInput),
        "segmented": "seg" in str(widget.attrs.get("class", "")).split(),
        "most": most,
        "optional": not bound.field.required and bound.name not in getattr(bound.form, "needed_later", ()),
        "length": len(str(bound.value() or "")),
        "questions": getattr(bound.form, "questions", {}).get(bound.name, ()),
    }


def faults(form: Any) -> Iterator[Fault]:
    """Everything wrong with a form or formset, in the order of its fields."""
    if isinstance(form, forms.BaseFormSet):
        yield from (Fault(str(text), "", "") for text in form.non_form_errors())
        for each in form.forms:
            yield from faults(each)
        return
    yield from (Fault(str(text), "", "") for text in form.non_field_errors())
    for bound in form:
        yield from (Fault(str(text), bound.label, bound.auto_id or "") for text in bound.errors)


def _use_native_type(widget: forms.Widget) -> None:
    native = NATIVE_TYPES.get(type(widget))
    if native and isinstance(widget, forms.DateInput | forms.DateTimeInput):
        widget.input_type = native
        widget.format = "%Y-%m-%dT%H:%M" if native == "datetime-local" else "%Y-%m-%d"


def _most(bound: BoundField) -> int | None:
    most: int | None = getattr(bound.field, "max_length", None)
    widget = bound.field.widget
    prose = type(widget) in COUNTED and "type" not in widget.attrs and "autocomplete" not in widget.attrs
    return most if prose and most and most >= LEAST_COUNTED else None


def _described(name: str, *, hint: bool, errors: bool, counted: bool) -> str:
    parts = (("hint", hint), ("error", errors), ("count", counted))
    return " ".join(f"{name}_{part}" for part, there in parts if there)
