"""The machine of a call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from projects import conditions as when
from projects import rules as who
from projects.enums import CallState, ExtensionState
from workflows.machine import Machine, State, Transition

C = CallState
X = ExtensionState

CALL = Machine(
    model="projects.Call",
    title=_("Call"),
    states=(
        State(C.DRAFT, C.DRAFT.label, C.DRAFT.label, "", _("the officer")),
        State(C.IN_APPROVAL, C.IN_APPROVAL.label, C.IN_APPROVAL.label, "go", _("a second officer")),
        State(C.PUBLISHED, C.PUBLISHED.label, C.PUBLISHED.label, "ok", _("applicants")),
        State(C.CONCLUDED, C.CONCLUDED.label, C.CONCLUDED.label, "", final=True),
        State(C.CANCELLED, C.CANCELLED.label, C.CANCELLED.label, "no", final=True),
    ),
    way=(C.DRAFT, C.IN_APPROVAL, C.PUBLISHED, C.CONCLUDED),
    transitions=(
        Transition(
            "ask_approval",
            (C.DRAFT,),
            C.IN_APPROVAL,
            _("Ask for approval"),
            who.is_officer,
            (when.call_is_complete,),
        ),
        Transition(
            "publish",
            (C.IN_APPROVAL,),
            C.PUBLISHED,
            _("Approve and publish"),
            who.is_second_officer,
            (when.call_is_complete,),
            note="optional",
        ),
        Transition(
            "return_call", (C.IN_APPROVAL,), C.DRAFT, _("Return for correction"), who.is_second_officer, note="required"
        ),
        Transition("conclude", (C.PUBLISHED,), C.CONCLUDED, _("Conclude"), who.is_officer, (when.nothing_under_way,)),
        Transition(
            "cancel",
            (C.DRAFT, C.IN_APPROVAL),
            C.CANCELLED,
            _("Cancel the call"),
            who.is_officer,
            note="required",
            grave=True,
        ),
    ),
)


CALL_EXTENSION = Machine(
    model="projects.CallExtension",
    title=_("Extension of a call"),
    states=(
        State(X.PROPOSED, X.PROPOSED.label, "", "go", _("a second officer")),
        State(X.APPROVED, X.APPROVED.label, X.APPROVED.label, "ok", final=True),
        State(X.REFUSED, X.REFUSED.label, "", "no", final=True),
        State(X.WITHDRAWN, X.WITHDRAWN.label, "", "", final=True),
    ),
    way=(X.PROPOSED, X.APPROVED),
    transitions=(
        Transition(
            "approve_extension",
            (X.PROPOSED,),
            X.APPROVED,
            _("Approve the extension"),
            who.is_second_to_extension,
            (when.call_can_be_extended,),
            note="optional",
        ),
        Transition(
            "refuse_extension",
            (X.PROPOSED,),
            X.REFUSED,
            _("Do not approve"),
            who.is_second_to_extension,
            note="required",
            grave=True,
        ),
        Transition(
            "withdraw_extension", (X.PROPOSED,), X.WITHDRAWN, _("Withdraw the extension"), who.proposed_extension
        ),
    ),
)
