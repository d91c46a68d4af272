"""What this part registers when the room is ready: verbs, navigation, sources of the inbox."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Role
from directory.policies import READER
from directory.queries.standing import holds
from projects.enums import CallState, ExtensionState
from workflows import files, inbox, navigation, verbs


def register() -> None:
    """Called once from `AppConfig.ready`."""
    from projects.actions import call as actions
    from projects.actions import call_extension as extension
    from projects.models import Call, CallExtension
    from projects.queries.call_documents import reads_documents

    files.register_reader("projects.call", reads_documents)
    verbs.register(Call, "ask_approval", action=actions.ask_approval, subject="call")
    verbs.register(Call, "return_call", action=actions.return_call, subject="call")
    verbs.register(Call, "publish", action=actions.publish_call, subject="call")
    verbs.register(Call, "cancel", action=actions.cancel_call, subject="call")
    verbs.register(Call, "conclude", action=actions.conclude_call, subject="call")
    for name in ("approve_extension", "refuse_extension", "withdraw_extension"):
        verbs.register(CallExtension, name, action=getattr(extension, name), subject="extension")
    navigation.register(navigation.Entry("programme", 10, gettext_lazy("Calls"), "officer_calls", READER))
    officer, approver = holds(Role.PROGRAMME_OFFICER), holds(Role.PROGRAMME_OFFICER, Role.DECISION_MAKER)
    inbox.register(inbox.Source("calls.approval", approver, _to_approve, _approve, due="filing_deadline"))
    columns = {"title": "call__title", "key": "call__uid", "due": "filing_before"}
    inbox.register(inbox.Source("calls.extensions", approver, _extensions, _extend, **columns))
    inbox.register(inbox.Source("calls.drafts", officer, _own_drafts, _finish, due="filing_deadline"))


def _to_approve(user: Any) -> QuerySet[Any]:
    from projects.models import Call

    return Call.objects.filter(state=CallState.IN_APPROVAL).exclude(officer_id=user.pk)


def _own_drafts(user: Any) -> QuerySet[Any]:
    from projects.models import Call

    return Call.objects.filter(state=CallState.DRAFT, officer_id=user.pk)


def _approve(row: inbox.Row) -> inbox.Waiting:
    return _waiting(row, _("Another officer asks you to approve this call."), "go")


def _finish(row: inbox.Row) -> inbox.Waiting:
    return _waiting(row, _("You are drafting this call."), "")


def _waiting(row: inbox.Row, why: str, tone: Any) -> inbox.Waiting:
    url = reverse("officer_call", args=[row.uid])
    return inbox.Waiting(row.title, why, url, row.due, gettext_lazy("call"), tone)


def _extensions(user: Any) -> QuerySet[Any]:
    from projects.models import CallExtension

    return CallExtension.objects.filter(state=ExtensionState.PROPOSED).exclude(proposed_by=user.pk)


def _extend(row: inbox.Row) -> inbox.Waiting:
    url = reverse("officer_call", args=[row.uid])
    why = _("Another officer asks you to approve a later deadline.")
    return inbox.Waiting(row.title, why, url, row.due, gettext_lazy("extension"), "go")
