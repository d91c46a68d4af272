"""Changing a form part by part: each function takes a form and gives a new one. Raises ValueError when it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, Literal, TypeVar

from projects.definitions.form import Form, FormField, Section

Step = Literal["up", "down"]
P = TypeVar("P", Section, FormField)


def free_id(form: Form, letter: str) -> str:
    """The first identifier of the kind f1, f2, … that the form does not use."""
    used = {section.id for section in form.sections} | {field.id for field in form.all_fields()}
    return next(name for number in count(1) if (name := f"{letter}{number}") not in used)


def put_section(form: Form, section: Section) -> Form:
    """Replace the title and hint of the section with this id, or add it at the end."""
    if section.id not in {one.id for one in form.sections}:
        return _with(form, (*form.sections, section))
    return _with(
        form,
        [
            one.model_copy(update={"title": section.title, "hint": section.hint}) if one.id == section.id else one
            for one in form.sections
        ],
    )


def put_field(form: Form, section_id: str, field: FormField) -> Form:
    """Replace the field with this id in its section, or add it at the end of the section."""
    section = form.section(section_id)
    if field.id in {one.id for one in section.fields}:
        fields = [field if one.id == field.id else one for one in section.fields]
    else:
        fields = [*section.fields, field]
    return _with_fields(form, section_id, fields)


def remove_section(form: Form, section_id: str) -> Form:
    """The form without the section and its fields."""
    return _with(form, [one for one in form.sections if one.id != section_id])


def remove_field(form: Form, section_id: str, field_id: str) -> Form:
    """The form without the field."""
    return _with_fields(form, section_id, [one for one in form.section(section_id).fields if one.id != field_id])


def move_section(form: Form, section_id: str, step: Step) -> Form:
    """The section one place up or down; at the end of the row nothing changes."""
    return _with(form, _moved(form.sections, section_id, step))


def move_field(form: Form, section_id: str, field_id: str, step: Step) -> Form:
    """The field one place up or down in its section."""
    return _with_fields(form, section_id, _moved(form.section(section_id).fields, field_id, step))


def _moved(parts: Sequence[P], part_id: str, step: Step) -> list[P]:
    rows = list(parts)
    place = next(index for index, one in enumerate(rows) if one.id == part_id)
    target = place + (1 if step == "down" else -1)
    if 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]
    return rows


def _with_fields(form: Form, section_id: str, fields: Sequence[FormField]) -> Form:
    sections: list[Any] = [
        one.model_copy(update={"fields": tuple(fields)}) if one.id == section_id else one for one in form.sections
    ]
    return _with(form, sections)


def _with(form: Form, sections: Sequence[Section]) -> Form:
    return Form.model_validate({"sections": [one.model_dump() for one in sections]})
