"""The approval of what goes live: by somebody who did not write it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from cms.rules import may_approve, withdrawal_of
from workflows.errors import NotAllowed, Reason, Refused

# What approving means when the pending text asks to take its page down; by (action, whether a comment is asked).
LABELS = {
    ("approve", False): _("Take this page down"),
    ("approve", True): _("Take this page down with comment"),
}


class SecondPersonTask(AbstractGroupApprovalTask):
    """A step that none of the authors of the pending text can take; `cms.rules.may_approve` decides."""

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """No approval is offered to an author; to send it back is. A page to be taken down says so on the button."""
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        if withdrawal_of(obj):
            actions = [(name, LABELS.get((name, more), label), more) for name, label, more in actions]
        if may_approve(obj, user):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuse the approval of an author however it arrived, and of what would tear the site apart."""
        from cms.queries.withdrawal import approval_hindrances

        page = task_state.revision.content_object
        if action_name == "approve" and not may_approve(page, user):
            raise NotAllowed(Reason("own_text", _("Nobody approves what they wrote: ask a second approver.")))
        reasons = approval_hindrances(page) if action_name == "approve" else []
        if reasons:
            raise Refused(*reasons)
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        """What the list of task kinds says."""
        return _("An approver who wrote no part of the pending text decides")
