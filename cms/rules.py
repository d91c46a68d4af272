"""Who may propose and approve what goes live."""

from __future__ import annotations

from typing import Any

from directory.enums import Role
from directory.queries.standing import standing


def may_approve(page: Any, user: Any) -> bool:
    """An approver by role who wrote no part of what is pending, and did not ask for its publication."""
    return standing(user).has(Role.APPROVER) and user.pk not in authors_of(page)


def withdrawal_of(page: Any) -> str:
    """The reason for which the pending text of a page asks to take it down; empty when it asks for publication."""
    revision = page.get_latest_revision()
    return str(revision.content.get("withdrawal_reason", "")) if revision else ""


def authors_of(page: Any) -> set[int | None]:
    """The accounts that saved a revision since the one that is live, and the one that asked for approval."""
    revisions = page.revisions.all()
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    authors: set[int | None] = set(revisions.values_list("user_id", flat=True))
    asked = page.current_workflow_state
    return authors | ({asked.requested_by_id} if asked else set())


def is_editor(user: Any) -> bool:
    """An editor by role."""
    return standing(user).has(Role.EDITOR)


def is_second_to_profile(change: Any, actor: Any) -> bool:
    """An approver other than the one who proposed the change of the site's names and numbers."""
    return standing(actor).has(Role.APPROVER) and change.proposed_by_id != actor.pk


def proposed_profile(change: Any, actor: Any) -> bool:
    """The editor who proposed the change."""
    return is_editor(actor) and change.proposed_by_id == actor.pk
