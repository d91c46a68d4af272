"""Effects that the room delivers: pages follow their records."""

from __future__ import annotations

from typing import Any

from cms.actions.record_pages import show_call, show_notice
from projects.models import Call, PublicNotice
from workflows.actors import SYSTEM
from workflows.effects import effect


@effect("call.published")
@effect("call.changed")
@effect("call.cancelled")
def call_changed(key: str, payload: dict[str, Any]) -> None:
    """The page of the call `call_id` shows what the call is now."""
    show_call(call=Call.objects.get(pk=payload["call_id"]), by=SYSTEM)


@effect("notice.published")
@effect("notice.closed")
@effect("notice.cancelled")
def notice_changed(key: str, payload: dict[str, Any]) -> None:
    """The page of the notice `notice_id` shows what the notice is now."""
    show_notice(notice=PublicNotice.objects.get(pk=payload["notice_id"]), by=SYSTEM)
