"""What the public page of a notice says: the list, the time left, how to object. No more of a person than the name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone

from cms.models import NoticePage
from directory.queries.calendar import working_days_between
from projects.enums import NoticeState
from projects.models import FundingItem, PublicNotice
from projects.querysets import PUBLIC_NOTICE_STATES


@dataclass(frozen=True)
class OnNotice:
    """One line of the list on notice: exactly what may be shown."""

    title: str
    host: str
    investigator: str
    amount: Decimal


def is_open(notice: PublicNotice, at: dt.datetime | None = None) -> bool:
    """Whether objections are taken at `at`."""
    at = at or timezone.now()
    return notice.state == NoticeState.PUBLISHED and notice.closes_at is not None and at < notice.closes_at


def public_notice_pages() -> Any:
    """The live pages of public notices with their notices, newest first."""
    pages = NoticePage.objects.live().filter(notice__state__in=PUBLIC_NOTICE_STATES)
    return pages.select_related("notice").order_by(F("notice__published_at").desc(nulls_last=True), "-pk")


def notice_context(notice: PublicNotice, at: dt.datetime | None = None) -> dict[str, Any]:
    """Everything that the page of one notice shows."""
    at = at or timezone.now()
    items = items_on_notice(notice)
    return {
        "notice": notice,
        "is_open": is_open(notice, at),
        "items": items,
        "total": sum((item.amount for item in items), Decimal(0)),
        "last_day": last_day(notice),
        "days_left": working_days_left(notice, at),
        "objection_url": f"/notices/{notice.uid}/object/",
    }


def items_on_notice(notice: PublicNotice) -> list[OnNotice]:
    """The funded items in the order of their rank: one query, four facts each."""
    rows = FundingItem.objects.filter(funding_list_id=notice.funding_list_id, funded=True).values_list(
        "proposal__title", "proposal__organisation__name", "proposal__applicant__name", "amount"
    )
    return [OnNotice(*row) for row in rows.order_by("rank", "pk")]


def last_day(notice: PublicNotice) -> dt.date | None:
    """The last day of the notice: the clock runs out at the midnight after it."""
    if notice.closes_at is None:
        return None
    return timezone.localtime(notice.closes_at - dt.timedelta(microseconds=1)).date()


def working_days_left(notice: PublicNotice, at: dt.datetime) -> int:
    """The working days from the day of `at`, included, to the last day; 0 when it is over."""
    last = last_day(notice)
    if last is None or not is_open(notice, at):
        return 0
    today = timezone.localtime(at).date()
    return working_days_between(today - dt.timedelta(days=1), last)
