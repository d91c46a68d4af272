"""The list of roles as a spreadsheet, for whoever looks through them once a year."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.models import RoleGrant

WIDTHS = (16, 30, 22, 34, 12, 12, 12, 16)


def role_workbook(grants: Iterable[RoleGrant]) -> bytes:
    """The bytes of an XLSX file: one row per grant. Text is written as text and never read as a formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(_("Roles")), book.add_format({"bold": True})
    for column, (head, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    for row, grant in enumerate(grants, start=1):
        for column, text in enumerate(_texts(grant)):
            sheet.write_string(row, column, text)
    book.close()
    return buffer.getvalue()


def _heads() -> tuple[str, ...]:
    return (
        _("Person"),
        _("E-mail address"),
        _("Role"),
        _("Organisation"),
        _("From (date)"),
        _("Until (date)"),
        _("Last confirmed"),
        _("Granted by"),
    )


def _texts(grant: RoleGrant) -> tuple[str, ...]:
    return (
        grant.person.name,
        grant.person.email,
        grant.get_role_display(),
        grant.organisation.name if grant.organisation else "",
        _day(grant.valid_from),
        _day(grant.valid_to),
        _day(grant.confirmed_at),
        str(grant.granted_by) if grant.granted_by else pgettext("who granted", "the system"),
    )


def _day(at: dt.datetime | None) -> str:
    return timezone.localtime(at).date().isoformat() if at else ""
