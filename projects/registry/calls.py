"""What this part registers when the room is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.policies import READER
from directory.queries.standing import holds, standing
from projects.enums import CallState
from workflows import inbox, navigation, verbs


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from projects.actions import call as actions
    from projects.models import Call

    verbs.register(Call, "ask_approval", action=actions.ask_approval, subject="call")
    verbs.register(Call, "return_call", action=actions.return_call, subject="call")
    verbs.register(Call, "publish", action=actions.publish_call, subject="call")
    verbs.register(Call, "cancel", action=actions.cancel_call, subject="call")
    verbs.register(Call, "conclude", action=actions.conclude_call, subject="call")
    navigation.register(navigation.Entry("programme", 10, gettext_lazy("Calls"), "officer_calls", READER))
    inbox.register(
        inbox.Source("calls.approval", holds(Role.PROGRAMME_OFFICER, Role.DECISION_MAKER), _to_approve, _count_approve)
    )
    inbox.register(inbox.Source("calls.drafts", holds(Role.PROGRAMME_OFFICER), _drafts, _count_drafts))


def _approvable(user: Any) -> QuerySet[Any]:
    from projects.models import Call

    if not standing(user).has(Role.PROGRAMME_OFFICER, Role.DECISION_MAKER):
        return Call.objects.none()
    return Call.objects.filter(state=CallState.IN_APPROVAL).exclude(officer_id=user.pk)


def _own_drafts(user: Any) -> QuerySet[Any]:
    from projects.models import Call

    return Call.objects.filter(state=CallState.DRAFT, officer_id=user.pk)


def _to_approve(user: Any, limit: int) -> Iterable[inbox.Waiting]:
    return [
        _waiting(call, _("Another officer asks you to approve this call."), "go")
        for call in _approvable(user).order_by("filing_deadline")[:limit]
    ]


def _drafts(user: Any, limit: int) -> Iterable[inbox.Waiting]:
    return [
        _waiting(call, _("You are drafting this call."), "")
        for call in _own_drafts(user).order_by("-state_since")[:limit]
    ]


def _waiting(call: Any, why: str, tone: Any) -> inbox.Waiting:
    return inbox.Waiting(
        title=call.title,
        why=why,
        url=reverse("officer_call", args=[call.uid]),
        due=call.filing_deadline,
        badge=gettext_lazy("call"),
        tone=tone,
    )


def _count_approve(user: Any) -> int:
    return _approvable(user).count()


def _count_drafts(user: Any) -> int:
    return _own_drafts(user).count()
