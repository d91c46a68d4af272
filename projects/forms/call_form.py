"""Forms for the form editor: a section, a field with the limits of its kind, columns of a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from projects.definitions.form import KIND_LABELS, Column, FieldKind, FormField
from projects.forms.rows import rows_of

K = FieldKind
COMMON = ("label", "hint", "required", "blind")
LIMITS: dict[FieldKind, tuple[str, ...]] = {
    K.TEXT: ("least_length", "most_length"),
    K.LONG_TEXT: ("least_length", "most_length"),
    K.TITLE: ("most_length",),
    K.INTEGER: ("least", "most"),
    K.DECIMAL: ("least", "most"),
    K.MONEY: ("least", "most"),
    K.CHOICE: ("choices",),
    K.CHOICES: ("choices",),
    K.TABLE: ("least_rows", "most_rows"),
    K.FILES: ("extensions", "most_files"),
    K.AVOID: ("most_rows",),
    K.EQUIPMENT: ("most_rows",),
    K.YEARS: (),
    K.SHARES: (),
}
COLUMN_KINDS = (K.TEXT, K.INTEGER, K.DECIMAL, K.MONEY, K.DATE)


class SectionForm(forms.Form):
    """Title and hint of a section."""

    title = forms.CharField(label=_("Title"), max_length=40)
    hint = forms.CharField(label=_("Hint"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class FieldForm(forms.Form):
    """One field; of the limits only those of its kind are asked."""

    label = forms.CharField(label=_("Question"), max_length=80)
    hint = forms.CharField(label=_("Hint"), max_length=300, required=False)
    required = forms.BooleanField(label=_("Must be answered"), required=False, initial=True)
    blind = forms.BooleanField(label=_("Cut from the anonymous dossier"), required=False)
    least_length = forms.IntegerField(label=_("At least, characters"), min_value=0, max_value=20000, initial=0)
    most_length = forms.IntegerField(label=_("At most, characters"), min_value=1, max_value=20000, initial=2000)
    least = forms.FloatField(label=_("At least"), required=False)
    most = forms.FloatField(label=_("At most"), required=False)
    choices = forms.CharField(label=_("Choices, one per line"), widget=forms.Textarea(attrs={"rows": 6}))
    least_rows = forms.IntegerField(label=_("Rows at least"), min_value=0, max_value=200, initial=0)
    most_rows = forms.IntegerField(label=_("Rows at most"), min_value=1, max_value=200, initial=30)
    extensions = forms.CharField(
        label=_("Kinds of files"), initial="pdf", help_text=_("Separated by commas: pdf, jpg.")
    )
    most_files = forms.IntegerField(label=_("Files at most"), min_value=1, max_value=30, initial=1)

    def __init__(self, *args: Any, kind: FieldKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        kept = {*COMMON, *LIMITS.get(kind, ())}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]

    def build(self, field_id: str, columns: tuple[Column, ...]) -> FormField | None:
        """The field; None after adding what is wrong with the whole to the form."""
        data = dict(self.cleaned_data)
        if "choices" in data:
            data["choices"] = tuple(line.strip() for line in data["choices"].splitlines() if line.strip())
        if "extensions" in data:
            parts = data["extensions"].replace("，", ",").split(",")
            data["extensions"] = tuple(part.strip().lower().lstrip(".") for part in parts if part.strip())
        try:
            return FormField(id=field_id, kind=self.kind, columns=columns, **data)
        except ValidationError:
            self._explain(data)
            return None

    def _explain(self, data: dict[str, Any]) -> None:
        if "choices" in data:
            self.add_error("choices", _("Give at least two choices, one per line."))
        elif self.kind is K.TABLE:
            self.add_error(None, _("A table needs at least one column."))
        elif "least_length" in data:
            self.add_error("least_length", _("The shortest length is above the longest."))
        else:
            self.add_error(None, _("These settings do not fit together."))


class ColumnForm(forms.Form):
    """One column of a table."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Column"), max_length=40)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, KIND_LABELS[kind]) for kind in COLUMN_KINDS],
        initial=K.TEXT.value,
    )
    required = forms.BooleanField(label=_("Must be filled"), required=False)

    def row(self) -> dict[str, Any]:
        """The fields of the column."""
        return {name: self.cleaned_data[name] for name in ("id", "label", "kind", "required")}


class ColumnFormSet(rows_of(ColumnForm, extra=3)):  # type: ignore[misc]  # a class made by formset_factory
    """The columns of a table."""

    def columns(self) -> tuple[Column, ...]:
        """The columns, with identifiers for new ones."""
        rows = self.rows()
        used = {row["id"] for row in rows}
        free = (name for number in range(1, 200) if (name := f"k{number}") not in used)
        return tuple(Column(**{**row, "id": row["id"] or next(free)}) for row in rows)


def field_initial(field: FormField) -> dict[str, Any]:
    """A field as the form shows it."""
    data = field.model_dump()
    return {**data, "choices": "\n".join(field.choices), "extensions": ", ".join(field.extensions)}
