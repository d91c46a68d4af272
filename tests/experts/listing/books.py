"""Spreadsheets of experts as officers hand them in."""

from __future__ import annotations

import io
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from django.core.files.uploadedfile import SimpleUploadedFile

from experts.listing.columns import COLUMNS
from tests.factories.directory import id_number

ROW: dict[str, Any] = {
    "name": "其木格",
    "id_number": id_number(11),
    "organisation": "北方草原大学",
    "kinds": "technical",
    "discipline_codes": "480，530",
    "keywords": "储能，钠离子电池",
    "expertise": "钠离子电池硬碳负极研究，2024\n草原固碳监测",
}


def book(*rows: dict[str, Any], heads: list[str] | None = None) -> bytes:
    """A workbook with the columns of the template and the rows."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(heads if heads is not None else [str(column.head) for column in COLUMNS])
    for row in rows:
        sheet.append([row.get(column.key) for column in COLUMNS])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(*rows: dict[str, Any], **options: Any) -> SimpleUploadedFile:
    """The workbook as a browser sends it."""
    return SimpleUploadedFile("专家.xlsx", book(*rows, **options))
