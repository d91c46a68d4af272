"""The portfolio as a spreadsheet: written row by row, so that its size does not show in the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from projects.queries.portfolio import Line

WAN = 10_000
WIDTHS = (18, 44, 12, 28, 14, 12, 24, 12, 12, 12, 12, 12, 30)
TOLD = 500


def write_portfolio(path: Path, lines: Iterable[Line], told: Callable[[int], None]) -> int:
    """Write `lines` to an XLSX file at `path`, one row each; how many. `told(n)` is called after every 500 rows.

    Text is written as text and never read as a formula; money in 万元, dates as dates.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(_("Projects"))
        sheet.freeze_panes(1, 0)
        for column, (head, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, book.add_format({"bold": True}))
        return _rows(book, sheet, lines, told)


def _rows(book: Any, sheet: Any, lines: Iterable[Line], told: Callable[[int], None]) -> int:
    money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
    place = 0
    for place, line in zip(count(1), lines, strict=False):
        project = line.project
        for column, text in enumerate(_texts(line)):
            sheet.write_string(place, column, text)
        for column, moment in ((7, project.starts_on), (8, project.ends_on)):
            sheet.write_datetime(place, column, moment, day)
        for column, amount in ((9, project.grant), (10, line.paid), (11, line.spent)):
            sheet.write_number(place, column, float(amount / WAN), money)
        sheet.write_string(place, 12, "、".join(str(one.label) for one in line.risks))
        if place % TOLD == 0:
            told(place)
    return place


def _heads() -> Sequence[str]:
    return (
        _("Number"),
        _("Project title"),
        _("State"),
        _("Host"),
        _("Region"),
        _("Investigator"),
        _("Programme"),
        _("Begins"),
        _("Ends"),
        _("Grant, 万元"),
        _("Paid, 万元"),
        _("Spent, 万元"),
        _("Risk"),
    )


def _texts(line: Line) -> Sequence[str]:
    project = line.project
    organisation = project.organisation
    return (
        project.number,
        project.title,
        str(project.get_state_display()),
        organisation.name,
        organisation.region.name if organisation.region else "",
        project.investigator.name,
        project.proposal.call.programme,
    )
