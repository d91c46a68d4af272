"""Effects that the room delivers: pages follow their records. Periodic: pages follow their schedule."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms.actions.editors import sync_editor
from cms.actions.record_pages import show_call, show_notice
from cms.actions.schedule import keep_schedule
from cms.actions.search import index_archive, index_page
from directory.models import User
from projects.models import Call, PublicNotice
from workflows.actors import SYSTEM
from workflows.effects import effect
from workflows.schedule import every


@effect("call.published")
@effect("call.changed")
@effect("call.cancelled")
def call_changed(key: str, payload: dict[str, Any]) -> None:
    """The page of the call `call_id` shows what the call is now."""
    show_call(call=Call.objects.get(pk=payload["call_id"]), by=SYSTEM)


@effect("call.imported")
def calls_imported(key: str, payload: dict[str, Any]) -> None:
    """Imported calls can be found; a second delivery finds nothing left to do."""
    index_archive()


@effect("notice.published")
@effect("notice.closed")
@effect("notice.cancelled")
def notice_changed(key: str, payload: dict[str, Any]) -> None:
    """The page of the notice `notice_id` shows what the notice is now."""
    show_notice(notice=PublicNotice.objects.get(pk=payload["notice_id"]), by=SYSTEM)


@effect("cms.page.changed")
def page_changed(key: str, payload: dict[str, Any]) -> None:
    """The page `page_id` can be found as it is now, or no more."""
    index_page(page_id=payload["page_id"])


@effect("directory.role.changed")
def role_changed(key: str, payload: dict[str, Any]) -> None:
    """The account `user_id` is in the groups of the roles it holds now; the door of the admin checks it again."""
    user = User.objects.filter(pk=payload["user_id"]).first()
    if user is not None:
        sync_editor(user=user)


@every(minutes=1)
def keep_the_schedule() -> None:
    """Publish what was approved for a later time that has come, take down what has ended."""
    keep_schedule(at=timezone.now())
