"""What the form of a call asks for: the checklist of what to prepare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from projects.definitions.form import FieldKind, Form, FormField
from projects.enums import BudgetMode

if TYPE_CHECKING:
    from projects.models import Call

K = FieldKind


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to prepare. `kind` is "file", "team", "budget", "table" or "text"."""

    kind: str
    label: str
    detail: str
    required: bool

    def __str__(self) -> str:
        return self.label


def form_of(call: Call) -> Form:
    """The form of the call as typed sections and fields."""
    return Form.model_validate(call.form or {})


def checklist(call: Call) -> list[ChecklistItem]:
    """What an applicant prepares before writing: files first, then team, budget, tables and long texts."""
    items = [item for field in form_of(call).all_fields() if (item := _item(field, call)) is not None]
    order = ("file", "team", "budget", "table", "text")
    return sorted(items, key=lambda item: (order.index(item.kind), not item.required))


def _item(field: FormField, call: Call) -> ChecklistItem | None:
    match field.kind:
        case K.FILES:
            return ChecklistItem("file", field.label, _files(field), field.required)
        case K.TEAM:
            return ChecklistItem("team", field.label, field.hint, field.required)
        case K.BUDGET:
            return ChecklistItem("budget", field.label, _budget(call), field.required)
        case K.TABLE:
            columns = _(", ").join(column.label for column in field.columns)
            return ChecklistItem("table", field.label, columns, field.required)
        case K.LONG_TEXT:
            most = _("at most %(count)d characters") % {"count": field.most_length}
            return ChecklistItem("text", field.label, most, field.required)
    return None


def _files(field: FormField) -> str:
    kinds = "/".join(extension.upper() for extension in field.extensions)
    if field.most_files == 1:
        return " ".join(filter(None, [kinds, field.hint]))
    most = _("at most %(count)d files") % {"count": field.most_files}
    return " ".join(filter(None, [kinds, most, field.hint]))


def _budget(call: Call) -> str:
    if call.budget_mode == BudgetMode.LUMP_SUM:
        return _("lump sum: the totals only")
    return _("itemised, fiscal and own money apart, in 万元")
