"""The list that goes with a letter of recommendation, as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import xlsxwriter
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from projects.models import Proposal, RecommendationLetter

WAN = 10_000
WIDTHS = (6, 18, 44, 28, 10, 16, 12, 12)


def recommendation_workbook(letter: RecommendationLetter, proposals: Sequence[Proposal]) -> bytes:
    """The bytes of an XLSX file: one row per proposal. Text is written as text and never read as a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("List"))
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sheet.write_string(0, 0, f"{letter.number} {letter.call.title}", bold)
    for column, (head, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, head, bold)
    for place, proposal in enumerate(proposals, start=1):
        sheet.write_number(place + 1, 0, place)
        for column, text in enumerate(_texts(proposal), start=1):
            sheet.write_string(place + 1, column, text)
        sheet.write_number(place + 1, 6, float(proposal.requested / WAN), money)
        sheet.write_number(place + 1, 7, float(proposal.own / WAN), money)
    book.close()
    return buffer.getvalue()


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Number"),
        _("Project title"),
        _("Host"),
        _("Investigator"),
        _("Direction"),
        _("Requested, 万元"),
        _("Own money, 万元"),
    )


def _texts(proposal: Proposal) -> tuple[str, ...]:
    direction = proposal.direction.code if proposal.direction else ""
    return proposal.number, proposal.title, proposal.organisation.name, proposal.applicant.name, direction
