"""Rows of a published list of calls as concluded calls."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from projects.enums import CallState
from projects.importing.reading import RefusedRowError, Row, clean_title, parse_date
from projects.models import Call
from workflows.digest import digest

COLUMNS = ("项目名称", "项目来源", "发布时间", "截止时间")
ZONE = ZoneInfo("Asia/Shanghai")
END_OF_DAY = dt.time(23, 59)
MOST_TITLE, MOST_PROGRAMME = 200, 80


def call_from(row: Row) -> Call:
    """An unsaved, concluded call: these lists are history and must never look open.

    Raises RefusedRowError when there is no title, no date at all, or dates out of order.
    """
    title, truncated = clean_title(row["项目名称"])
    programme = row["项目来源"]
    published, deadline = parse_date(row["发布时间"]), parse_date(row["截止时间"])
    _demand_facts(title, programme, published, deadline)
    key = digest([title, programme, published, deadline])
    published_at = _at(published or deadline, dt.time.min)
    return Call(
        state=CallState.CONCLUDED,
        code=f"H-{key[:20]}",
        title=title,
        programme=programme,
        published_at=published_at,
        opens_at=published_at if published else None,
        filing_deadline=_at(deadline, END_OF_DAY),
        imported_key=key,
        truncated=truncated,
        zone=str(ZONE),
    )


def _demand_facts(title: str, programme: str, published: dt.date | None, deadline: dt.date | None) -> None:
    if not title:
        raise RefusedRowError("no title")
    if len(title) > MOST_TITLE or len(programme) > MOST_PROGRAMME:
        raise RefusedRowError("title or programme too long")
    if published is None and deadline is None:
        raise RefusedRowError("neither date is known")
    if published and deadline and deadline < published:
        raise RefusedRowError("deadline before publication")


def _at(day: dt.date | None, time: dt.time) -> dt.datetime | None:
    return dt.datetime.combine(day, time, ZONE) if day else None
