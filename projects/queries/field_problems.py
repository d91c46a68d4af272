"""Problems of single answers: missing, unreadable, out of bounds, left as a placeholder."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.answers import WAN, Unreadable, is_empty, value_of
from projects.definitions.form import Column, FieldKind, FormField, Section
from projects.queries.content import Content
from workflows.errors import Reason

Found = list[tuple[Reason, bool]]
TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.TITLE})
PLACEHOLDER = re.compile(r"[x×＊*]{2,}|待补充|待填写|待定|TBD|TODO|Lorem ipsum", re.IGNORECASE)
LONGEST_TERM = 10
FEW_KEYWORDS, MANY_KEYWORDS = 3, 5


def reasons(found: Content, section: Section, field: FormField) -> Found:
    """The problems of one answer as (reason, blocks)."""
    answer = found.answer(section, field)
    if is_empty(answer):
        return [(missing(field), True)] if _required(found, field) else []
    try:
        value = value_of(field, answer)
    except Unreadable as fault:
        return [(fault.reason, True)]
    check = CHECKS.get(field.kind)
    return check(found, field, value) if check else []


def _required(found: Content, field: FormField) -> bool:
    return field.required and (field.kind is not FieldKind.DIRECTION or bool(found.directions))


def missing(field: FormField | Column) -> Reason:
    """The field is required and empty."""
    return Reason("missing", _("This is required."), _("Fill it in."))


def _text(_found: Content, field: FormField, value: str) -> Found:
    count, out = len(value), []
    if count > field.most_length:
        out.append((_too_long(count, field.most_length), True))
    if count < field.least_length:
        out.append((_too_short(count, field.least_length), True))
    placeholder = PLACEHOLDER.search(value)
    if placeholder:
        out.append((_placeholder(placeholder.group()), True))
    return out


def _too_long(count: int, most: int) -> Reason:
    return Reason(
        "too_long",
        _("%(count)d characters, at most %(most)d are asked for.") % {"count": count, "most": most},
        _("Shorten it by %(over)d characters.") % {"over": count - most},
    )


def _too_short(count: int, least: int) -> Reason:
    return Reason(
        "too_short",
        _("%(count)d characters, at least %(least)d are asked for.") % {"count": count, "least": least},
        _("Write %(missing)d more.") % {"missing": least - count},
    )


def _placeholder(text: str) -> Reason:
    return Reason("placeholder", _("“%(text)s” looks like a placeholder.") % {"text": text}, _("Write what is meant."))


def _number(found: Content, field: FormField, value: Decimal | int) -> Found:
    number = Decimal(value) / WAN if field.kind is FieldKind.MONEY else Decimal(value)
    doubt = found.doubt(field, Decimal(value), _most_money(found, field)) if field.kind is FieldKind.MONEY else None
    if doubt:
        return [(doubt, True)]
    if field.least is not None and number < Decimal(str(field.least)):
        return [
            (Reason("too_small", _("At least %(least)g.") % {"least": field.least}, _("Correct the number.")), True)
        ]
    if field.most is not None and number > Decimal(str(field.most)):
        return [(Reason("too_large", _("At most %(most)g.") % {"most": field.most}, _("Correct the number.")), True)]
    return []


def _most_money(found: Content, field: FormField) -> Decimal | None:
    if field.most is not None:
        return Decimal(str(field.most)) * WAN
    return found.direction.most_amount if found.direction else None


def _choices(_found: Content, field: FormField, value: list[str]) -> Found:
    return [] if value else [(missing(field), True)]


def _keywords(_found: Content, field: FormField, value: list[str]) -> Found:
    if FEW_KEYWORDS <= len(value) <= MANY_KEYWORDS:
        return []
    few_many = {"few": FEW_KEYWORDS, "many": MANY_KEYWORDS, "count": len(value)}
    return [
        (
            Reason(
                "keyword_count",
                _("%(count)d keywords; %(few)d to %(many)d are needed to find experts.") % few_many,
                _("Separate them with semicolons."),
            ),
            True,
        )
    ]


def _direction(found: Content, _field: FormField, value: str) -> Found:
    if value in {one.code for one in found.directions}:
        return []
    return [(Reason("not_offered", _("This call has no such direction."), _("Choose from the list.")), True)]


def _term(_found: Content, field: FormField, value: dict[str, dt.date | None]) -> Found:
    first, last = value["from"], value["until"]
    if first is None or last is None:
        return [(missing(field), True)] if field.required else []
    if last <= first:
        return [(Reason("term_order", _("The term ends before it begins."), _("Correct the dates.")), True)]
    if (last - first).days > LONGEST_TERM * 366:
        return [(Reason("term_long", _("A term of more than ten years is impossible."), _("Correct the dates.")), True)]
    return []


def _table(_found: Content, field: FormField, value: list[dict[str, Any]]) -> Found:
    out: Found = []
    if not field.least_rows <= len(value) <= field.most_rows:
        bounds = {"count": len(value), "least": field.least_rows, "most": field.most_rows}
        text = _("%(count)d rows; %(least)d to %(most)d are asked for.") % bounds
        out.append((Reason("row_count", text, _("Add or remove rows.")), True))
    for number, row in enumerate(value, 1):
        for column in field.columns:
            if column.required and row[column.id] in (None, ""):
                place = {"row": number, "column": column.label}
                out.append(
                    (Reason("cell_missing", _("Row %(row)d: “%(column)s” is empty.") % place, _("Fill it in.")), True)
                )
    return out


def _avoid(found: Content, field: FormField, value: list[dict[str, Any]]) -> Found:
    """Whom to keep away: a name or an organisation in each row, and the reason."""
    nobody = [number for number, row in enumerate(value, 1) if not row["person"] and not row["organisation"]]
    text = _("Row %(row)d names neither an expert nor an organisation.")
    mend = _("Write whom the department should not ask, or remove the row.")
    return [
        *_table(found, field, value),
        *((Reason("avoids_nobody", text % {"row": number}, mend), True) for number in nobody),
    ]


CHECKS: dict[FieldKind, Callable[[Content, FormField, Any], Found]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys((FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY), _number),
    FieldKind.CHOICES: _choices,
    FieldKind.KEYWORDS: _keywords,
    FieldKind.DIRECTION: _direction,
    FieldKind.TERM: _term,
    FieldKind.TABLE: _table,
    FieldKind.AVOID: _avoid,
}
