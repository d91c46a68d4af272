"""Problems of the lists that go with a budget: each fault with its row, and sums that do not fit the grid."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from projects.answers import Unreadable, value_of
from projects.budget import ZERO, Money
from projects.definitions.budget import budget_rules
from projects.definitions.form import Column, FieldKind, FormField
from projects.equipment import PURCHASE, listed, misfits
from projects.models import Proposal
from projects.queries.content import Content
from projects.queries.field_problems import Found, missing
from projects.shares import share_faults, year_faults
from workflows.errors import Reason

Rows = list[dict[str, Any]]


def equipment(found: Content, field: FormField) -> Found:
    """The list of equipment: no cell empty or unreadable, and together what the line of the budget asks for."""
    rows, out = read(found, field)
    for number, row in enumerate(rows, 1):
        if row["quantity"] is not None and row["quantity"] <= 0:
            reason = Reason("quantity", _("At least one piece is bought."), _("Correct the number."))
            out.append((_placed(number, field.columns[3], reason), True))
    return out or [(one, True) for one in _misfits(found, rows)]


def _misfits(found: Content, rows: Rows) -> list[Reason]:
    bought = sum((one.money.total for one in found.lines() if one.category == PURCHASE), ZERO)
    return misfits(listed(rows), bought, budget_rules().equipment_list_on(found.frame().on))


def years(found: Content, field: FormField) -> Found:
    """The budget by year: within the term, each year once, together what the grid gives."""
    rows, out = read(found, field)
    if not rows or out:
        return out or _asked(field)
    total = sum((one.money for one in found.lines()), Money())
    return [(one, True) for one in year_faults(rows, total, _term(found.proposal))]


def shares(found: Content, field: FormField) -> Found:
    """The budget by sub-project and organisation: known names, each place once, together what each category gives."""
    rows, out = read(found, field)
    if not rows or out:
        return out or _asked(field)
    names = dict.fromkeys(row["organisation"] for row in rows)
    known = set(Organisation.objects.filter(name__in=names).values_list("name", flat=True))
    out = [(_unregistered(name), True) for name in names if name not in known]
    return out + [(one, True) for one in share_faults(rows, found.lines(), found.frame().scheme)]


def _asked(field: FormField) -> Found:
    return [(missing(field), True)] if field.required else []


def _term(proposal: Proposal) -> range | None:
    first, last = proposal.starts_on, proposal.ends_on
    return range(first.year, last.year + 1) if first and last and first <= last else None


def _unregistered(name: str) -> Reason:
    return Reason(
        "organisation_unknown",
        _("No organisation is registered as “%(name)s”.") % {"name": name[:60]},
        _("Write its official name, or ask it to register first."),
    )


def read(found: Content, field: FormField) -> tuple[Rows, Found]:
    """The filled rows of a list with values in place of texts (None where there is none), and what is wrong in them."""
    rows: Rows = []
    out: Found = []
    for number, (at, typed) in enumerate(found.placed_rows(FieldKind(field.kind)), 1):
        row: dict[str, Any] = {}
        for column in field.columns:
            row[column.id], reason = _cell(column, typed.get(column.id, ""))
            if reason is None and column.kind is FieldKind.MONEY and row[column.id] is not None:
                reason = _doubt(found, field, f"{at}-{column.id}", row[column.id])
            if reason is not None:
                out.append((_placed(number, column, reason), True))
        rows.append(row)
    return rows, out


def _cell(column: Column, text: str) -> tuple[Any, Reason | None]:
    try:
        value = value_of(column, text)
    except Unreadable as fault:
        return None, fault.reason
    return value, missing(column) if value is None and column.required else None


def _doubt(found: Content, field: FormField, part: str, amount: Decimal) -> Reason | None:
    column = part.partition("-")[2]
    return found.doubt(field, amount, found.frame().most_amount, part=part, of=column)


def _placed(number: int, column: Column, reason: Reason) -> Reason:
    text = _("Row %(row)d, %(column)s: %(text)s") % {"row": number, "column": column.label, "text": reason.text}
    return replace(reason, text=text)
