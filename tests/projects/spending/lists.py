"""Lists as finance systems export them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from django.core.files.uploadedfile import SimpleUploadedFile

HEADS = ("凭证号", "日期", "金额（元）", "预算科目", "摘要")
Row = Sequence[Any]


def xlsx(*rows: Row, heads: Row = HEADS, above: Sequence[Row] = ()) -> SimpleUploadedFile:
    """A workbook with these rows under the heads."""
    book = openpyxl.Workbook()
    for row in (*above, heads, *rows):
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("支出明细.xlsx", stream.getvalue())


def text(*rows: Row, heads: Row = HEADS, encoding: str = "utf-8-sig") -> SimpleUploadedFile:
    """The same as CSV."""
    stream = io.StringIO()
    csv.writer(stream).writerows([heads, *rows])
    return SimpleUploadedFile("支出明细.csv", stream.getvalue().encode(encoding))
