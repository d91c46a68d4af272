"""The fee sheet of a round as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import xlsxwriter
from django.utils.translation import gettext as _

from experts.fees import day_rate

if TYPE_CHECKING:
    from experts.models import FeeLine, FeeSheet

WIDTHS = (6, 16, 14, 10, 10, 10, 12, 14, 30, 24)


def fee_workbook(sheet: FeeSheet, lines: Sequence[FeeLine]) -> bytes:
    """The bytes of an XLSX file: one row per expert and the sum. Accounts are masked; text is never a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(_("Fees"))
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    page.write_string(0, 0, f"{sheet.round} · {sheet.standard} · {sheet.get_state_display()}", bold)
    for column, (head, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(1, column, head, bold)
    for row, line in enumerate(lines, start=2):
        page.write_number(row, 0, row - 1)
        page.write_string(row, 1, line.expert.person.name)
        page.write_string(row, 2, line.get_grade_display())
        for column, number in enumerate((line.tasks, line.days, line.half_days), start=3):
            page.write_number(row, column, number)
        page.write_number(row, 6, float(day_rate(sheet.standard, line.grade)), money)
        page.write_number(row, 7, float(line.amount), money)
        page.write_string(row, 8, account_of(line))
        page.write_string(row, 9, line.note)
    page.write_string(len(lines) + 2, 1, _("Sum"), bold)
    page.write_number(len(lines) + 2, 7, float(sum(line.amount for line in lines)), money)
    book.close()
    return buffer.getvalue()


def account_of(line: FeeLine) -> str:
    """Bank and the last four digits; empty when the expert has not written them."""
    account = getattr(line.expert, "account", None)
    return str(account) if account is not None else ""


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Expert"),
        _("Grade"),
        _("Sheets"),
        _("Days"),
        _("Half days"),
        _("A day, yuan"),
        _("Amount, yuan"),
        _("Paid to"),
        _("Remark"),
    )
