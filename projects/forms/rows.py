"""Rows edited together: formsets that keep everything typed, and money in 万元."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

YUAN_PER_WAN = Decimal(10000)
WIDE = {"class": "wide"}
"""Of a widget: its field takes two columns of a row."""


class WanField(forms.DecimalField):
    """Money typed in 万元 with at most two decimals, given in yuan."""

    def __init__(self, *, max_value: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=max_value, decimal_places=2, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Yuan as 万元; what was typed stays as it was typed."""
        return (value / YUAN_PER_WAN).quantize(Decimal("0.01")) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """The amount in yuan."""
        amount = super().clean(value)
        return None if amount is None else amount * YUAN_PER_WAN


class RowFormSet(forms.BaseFormSet[Any]):
    """Rows in the order given by their numbers; empty and removed rows fall out."""

    def live(self) -> list[Any]:
        """The forms that were filled in and not removed."""
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def rows(self) -> list[Any]:
        """What the valid rows say, in their order."""
        numbered = sorted(
            self.live(),
            key=lambda form: (form.cleaned_data.get("ORDER") is None, form.cleaned_data.get("ORDER") or 0),
        )
        return [form.row() for form in numbered]


def rows_of(form: type[forms.Form], *, extra: int) -> Any:
    """A formset of at most 60 rows with empty ones at the end, a number for the order and a box to remove."""
    return forms.formset_factory(
        form, formset=RowFormSet, extra=extra, can_delete=True, can_order=True, max_num=60, validate_max=True
    )
