"""The public notice (公示): published with the approved list, closed when its working days are over."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.queries.calendar import end_of_working_day
from projects.definitions.plan import Plan
from projects.enums import NoticeState
from projects.models import FundingList, PublicNotice
from workflows.actions import outbox
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import SYSTEM

PUBLIC_LANGUAGE = "zh-hans"


def publish_notice(*, funding_list: FundingList) -> PublicNotice:
    """Open the notice of an approved list for the working days that the call's plan sets."""
    call = funding_list.call
    days = Plan.model_validate(call.plan).notice_working_days
    now = timezone.now()
    with unit(), translation.override(PUBLIC_LANGUAGE):
        notice = PublicNotice.objects.create(
            funding_list=funding_list,
            title=_("%(programme)s (%(code)s): notice of the projects proposed for funding")
            % {"programme": call.programme, "code": call.code},
            working_days=days,
        )
        with perform(notice, "publish_notice", by=SYSTEM) as row:
            row.published_at, row.closes_at = now, end_of_working_day(now, days)
        outbox.queue(kind="notice.published", key=f"notice.published:{notice.pk}", payload={"notice_id": notice.pk})
    return notice


def close_notices(*, funding_list: FundingList) -> None:
    """Close what is published of a list. The caller has made sure that its time is over."""
    for notice in funding_list.notices.filter(state=NoticeState.PUBLISHED):
        with perform(notice, "close_notice", by=SYSTEM):
            pass


def close_due_notices(*, at: dt.datetime) -> int:
    """Close every notice whose last working day is over at `at`; how many. A second run finds none."""
    due = PublicNotice.objects.filter(state=NoticeState.PUBLISHED, closes_at__lte=at).order_by("pk")
    for notice in due:
        with perform(notice, "close_notice", by=SYSTEM):
            pass
    return len(due)
