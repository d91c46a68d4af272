"""The workbook that an expert takes along: a worksheet per round, a row per open dossier.

Everything is locked but the answers. What is written is text or number, never a formula, whatever it begins with.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from experts import scheme as schemes
from experts.models import Assignment, ScoreSheet
from experts.offline.columns import FIRST_ROW, FIXED, HEAD_ROW, IDS_ROW, Column, columns, verdicts
from experts.scheme import points

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# What the name of a worksheet may not hold, and how long it may be.
NOT_IN_NAMES, LONGEST_NAME = re.compile(r"[\[\]:*?/\\']"), 31
TITLE_WIDTH = 44
LONGEST_HINT = 255


def workbook(seats: Iterable[Assignment]) -> bytes:
    """The bytes of an XLSX file for these seats of one expert, with round, dossier and sheet loaded."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF5", "border": 1}),
        "locked": book.add_format({"text_wrap": True, "valign": "top", "font_color": "#555555", "border": 1}),
        "text": book.add_format({"locked": False, "text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}),
        "number": book.add_format({"locked": False, "valign": "top", "border": 1, "num_format": "0.##"}),
    }
    rows = sorted(seats, key=lambda one: (one.round_id, one.pk))
    for number, (_pk, group) in enumerate(groupby(rows, key=lambda one: one.round_id), 1):
        members = list(group)
        name = NOT_IN_NAMES.sub(" ", f"{number} {members[0].round.title}")[:LONGEST_NAME].strip()
        _worksheet(book.add_worksheet(name), members, formats)
    if not rows:
        book.add_worksheet(_("Score sheets")).write_string(0, 0, _("You have no open dossiers."))
    book.close()
    return buffer.getvalue()


def _worksheet(page: Any, seats: list[Assignment], formats: dict[str, Any]) -> None:
    asked = columns(schemes.read(seats[0].round.scheme))
    _heads(page, asked, formats)
    for row, seat in enumerate(seats, FIRST_ROW - 1):
        sheet = getattr(seat, "sheet", None) or ScoreSheet(assignment=seat)
        page.write_string(row, 0, str(seat.uid), formats["locked"])
        page.write_number(row, 1, sheet.version, formats["locked"])
        page.write_string(row, 2, seat.shown_title, formats["locked"])
        for place, one in enumerate(asked, len(FIXED)):
            _answer(page, (row, place), one, answer_of(sheet, one), formats)
    last = FIRST_ROW - 2 + len(seats)
    for place, one in enumerate(asked, len(FIXED)):
        _rule(page, place, last, one)
    page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})


def _heads(page: Any, asked: list[Column], formats: dict[str, Any]) -> None:
    ids, heads = [*FIXED, *(one.id for one in asked)], [_("Row"), _("Version"), _("Dossier")]
    for place, (id_, head) in enumerate(zip(ids, [*heads, *(one.head for one in asked)], strict=True)):
        page.write_string(IDS_ROW - 1, place, id_)
        page.write_string(HEAD_ROW - 1, place, head, formats["head"])
    for place, one in enumerate(asked, len(FIXED)):
        page.set_column(place, place, one.width)
    page.set_row(IDS_ROW - 1, None, None, {"hidden": True})
    page.set_column(0, 1, 7)
    page.set_column(2, 2, TITLE_WIDTH)
    page.freeze_panes(FIRST_ROW - 1, len(FIXED))


def _answer(page: Any, at: tuple[int, int], one: Column, value: str, formats: dict[str, Any]) -> None:
    number = points(value, one.most) if one.most is not None else None
    shape = formats["text"] if one.most is None else formats["number"]
    if number is not None:
        page.write_number(*at, float(number), shape)
    elif value:
        page.write_string(*at, value, shape)
    else:
        page.write_blank(*at, None, shape)


def _rule(page: Any, place: int, last: int, one: Column) -> None:
    if one.most is not None:
        told = _("A number from 0 to %(most)s.") % {"most": f"{one.most.normalize():f}"}
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(one.most)}
        hint = {"error_message": told, "input_message": one.guidance[:LONGEST_HINT]}
        page.data_validation(FIRST_ROW - 1, place, last, place, {**rule, **hint})
    elif one.choices:
        page.data_validation(FIRST_ROW - 1, place, last, place, {"validate": "list", "source": list(one.choices)})


def answer_of(sheet: ScoreSheet, one: Column) -> str:
    """What the sheet answers in a column, in the words of the workbook; empty when it is not answered."""
    kind, _mark, name = one.id.partition("_")
    if kind == "score":
        return str(sheet.scores.get(name, ""))
    if kind == "veto":
        return {True: verdicts()[0], False: verdicts()[1]}.get(sheet.vetoes.get(name), "")
    if one.id == "opinion":
        return sheet.opinion
    chosen = [label for label in one.choices if sheet.recommendation and label.startswith(sheet.recommendation)]
    return chosen[0] if chosen else ""
