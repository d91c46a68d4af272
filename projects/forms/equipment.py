"""The boundary of a list of equipment typed as lines: one row each, its cells apart by tabs or semicolons.

A spreadsheet copies its rows with tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.answers import Unreadable, value_of
from projects.budget import in_wan
from projects.definitions.form import EQUIPMENT_COLUMNS, Column, FieldKind

APART = re.compile(r"\t|；|;")
MOST_ROWS = 200
# Where the price stands among the cells of a line and the marks between them.
PRICE = 2 * [column.id for column in EQUIPMENT_COLUMNS].index("price")


class EquipmentField(forms.CharField):
    """Lines in, rows out: prices in yuan as text, as a frozen text keeps them. Each fault names its line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("List of equipment"),
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=gettext_lazy(
                "One piece of equipment a line: name; model; price in 万元; number; use; how it is shared. "
                "Rows copied from a spreadsheet can be pasted."
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """The rows. Raises ValidationError with one sentence for each line that cannot be read."""
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_ROWS:
            raise ValidationError(_("At most %(most)d rows.") % {"most": MOST_ROWS})
        rows, faults = [], []
        for number, line in enumerate(lines, 1):
            try:
                rows.append(_row(line))
            except Unreadable as fault:
                text = _("Row %(row)d: %(text)s") % {"row": number, "text": fault.reason.text}
                faults.append(f"{text} {fault.reason.mend}")
            except ValueError:
                faults.append(_("Row %(row)d does not have its six parts, none of them empty.") % {"row": number})
        if faults:
            raise ValidationError(faults)
        return rows


def _row(line: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in APART.split(line)]
    if len(cells) != len(EQUIPMENT_COLUMNS) or not all(cells):
        raise ValueError(line)
    return {column.id: _value(column, cell) for column, cell in zip(EQUIPMENT_COLUMNS, cells, strict=True)}


def _value(column: Column, cell: str) -> Any:
    value = value_of(column, cell)
    return str(value) if isinstance(value, Decimal) else value


def as_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as they are typed."""
    return "\n".join("；".join(_cell(column, row.get(column.id)) for column in EQUIPMENT_COLUMNS) for row in rows)


def with_price(text: str, row: int, price: str) -> str:
    """The lines with the price (万元) of a row in its place, all else as typed. Rows are counted as in faults."""
    lines = text.splitlines()
    filled = [at for at, line in enumerate(lines) if line.strip()]
    at = filled[row - 1] if 0 < row <= len(filled) else None
    cells = [] if at is None else re.split(f"({APART.pattern})", lines[at])
    if at is not None and len(cells) > PRICE:
        cells[PRICE] = price
        lines[at] = "".join(cells)
    return "\n".join(lines)


def _cell(column: Column, value: Any) -> str:
    return in_wan(Decimal(value)) if column.kind is FieldKind.MONEY and value else str(value or "")
