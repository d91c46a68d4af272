"""Pages of records: made, kept in step and taken down as their record changes. Idempotent; done by the system."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from cms.models import CallPage, ColumnPage, NoticePage
from cms.models.records import RecordPage
from cms.site_plan import CALLS, NOTICES
from projects.models import Call, PublicNotice
from workflows.actions import journal
from workflows.actions.unit import unit
from workflows.actors import Actor


def show_call(*, call: Call, by: Actor) -> CallPage:
    """Make or refresh the page of a call and put it live; take it down when the call is not public."""
    page = CallPage.objects.filter(call=call).first() or CallPage(
        call=call, slug=slugify(call.code) or f"call-{call.pk}"
    )
    _follow(page, title=call.title, column=CALLS, by=by)
    return page


def show_notice(*, notice: PublicNotice, by: Actor) -> NoticePage:
    """Make or refresh the page of a public notice and put it live; take it down when it is not public."""
    page = NoticePage.objects.filter(notice=notice).first() or NoticePage(notice=notice, slug=notice.uid.hex[:12])
    _follow(page, title=notice.title, column=NOTICES, by=by)
    return page


def _follow(page: RecordPage, *, title: str, column: str, by: Actor) -> None:
    if not page.is_public():
        _take_down(page, by=by)
        return
    fresh = page.pk is None
    if not fresh and page.live and page.title == title:
        return
    with unit():
        page.title = page.draft_title = title
        if fresh:
            _place(page, column)
        page.save_revision().publish()
        _note("make" if fresh else "update", page, by)


def _place(page: Any, column: str) -> None:
    parent = Page.objects.get(pk=ColumnPage.objects.get(slug=column, depth=3).pk)
    page.locale = parent.locale
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = f"{page.slug}-{page.call_id if isinstance(page, CallPage) else page.notice_id}"
    parent.add_child(instance=page)


def _take_down(page: RecordPage, *, by: Actor) -> None:
    if page.pk is None or not page.live:
        return
    with unit():
        page.unpublish()
        _note("take_down", page, by)


def _note(verb: str, page: RecordPage, by: Actor) -> None:
    journal.append(action=f"{page._meta.label_lower}.{verb}", subject=page, by=by, data={"live": page.live})
