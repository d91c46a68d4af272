"""What Wagtail does at the end of the approval. Imported while Wagtail's models load, hence the late imports."""

from __future__ import annotations

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Put the approved text live and journal who approved it: nobody holds the right to publish but by this way.

    Named by the setting WAGTAIL_FINISH_WORKFLOW_ACTION.
    """
    from workflows.actions import journal
    from workflows.actions.unit import unit
    from workflows.actors import SYSTEM

    with unit():
        page = workflow_state.content_object
        revision = page.get_latest_revision()
        revision.publish(user=user, skip_permission_checks=True)
        journal.append(
            action="cms.page.approve",
            subject=page,
            by=user or SYSTEM,
            data={"revision": revision.pk, "asked_by": workflow_state.requested_by_id},
        )
