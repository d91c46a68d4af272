"""The expert pool as a spreadsheet: what the list shows under the same filters, without numbers of people."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from experts import disciplines
from experts.enums import ExpertKind
from experts.queries.pool import Line

WIDTHS = (14, 30, 16, 14, 24, 18, 34, 18, 16, 10, 10, 10, 14)


def pool_workbook(lines: Iterable[Line]) -> bytes:
    """The bytes of an XLSX file: one row per expert. Text is written as text and never read as a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(_("Experts")), book.add_format({"bold": True})
    for column, (head, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(_cells(line)):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write_number(row, column, cell)
    sheet.freeze_panes(1, 1)
    book.close()
    return buffer.getvalue()


def _heads() -> tuple[str, ...]:
    return (
        _("Real name"),
        _("Organisation"),
        _("Region"),
        _("Professional title"),
        _("Kinds of expertise"),
        _("Disciplines"),
        _("Keywords"),
        _("Field of work"),
        _("Source"),
        _("Reviews under way"),
        _("Reviews at one time, at most"),
        _("Credit"),
        _("State"),
    )


def _cells(line: Line) -> tuple[str | float | None, ...]:
    one = line.expert
    units = [row.organisation for row in one.person.memberships.all()]
    labels = dict(ExpertKind.choices)
    return (
        one.person.name,
        "、".join(unit.name for unit in units),
        "、".join(str(unit.region) for unit in units if unit.region),
        one.person.title_name,
        "、".join(str(labels[kind]) for kind in one.kinds if kind in labels),
        "、".join(disciplines.labels(one.discipline_codes)),
        "、".join(one.keywords),
        one.discipline,
        str(one.get_source_display()),
        line.load,
        one.max_load,
        None if line.credit is None else float(line.credit),
        str(one.get_state_display()),
    )


def file_name() -> str:
    """The name of the file, with the day."""
    return f"experts-{timezone.localdate():%Y%m%d}.xlsx"
