"""What Wagtail does at the end of the approval. Imported while Wagtail's models load, hence the late imports."""

from __future__ import annotations

from typing import Any

from workflows.digest import digest


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Put the approved text live, or take its page down when that was asked, and journal who approved it.

    Nobody holds the right to publish or unpublish but by this way. Named by the setting WAGTAIL_FINISH_WORKFLOW_ACTION.
    """
    from wagtail.actions.unpublish_page import UnpublishPageAction

    from cms.rules import withdrawal_of
    from workflows.actions import journal
    from workflows.actions.unit import unit
    from workflows.actors import SYSTEM

    with unit():
        page = workflow_state.content_object
        revision = page.get_latest_revision()
        reason = withdrawal_of(page)
        if reason:
            UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        else:
            revision.publish(user=user, skip_permission_checks=True)
        journal.append(
            action="cms.page.withdraw" if reason else "cms.page.approve",
            subject=page,
            by=user or SYSTEM,
            data={"revision": revision.pk, "asked_by": workflow_state.requested_by_id} | _because(reason),
        )


def _because(reason: str) -> dict[str, str]:
    """The journal holds no texts: the reason itself stands in the revision."""
    return {"reason": digest(reason)} if reason else {}
