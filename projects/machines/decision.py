"""The machines of deciding: funding list, public notice, objection."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import FundingListState, NoticeState, ObjectionState
from workflows.machine import Machine, State, Transition

L, N = FundingListState, NoticeState

FUNDING_LIST = Machine(
    model="projects.FundingList",
    title=_("Funding list"),
    states=(
        State(L.DRAFT, L.DRAFT.label, "", "", _("the officer")),
        State(L.IN_APPROVAL, L.IN_APPROVAL.label, "", "go", _("a decision maker")),
        State(L.ON_NOTICE, L.ON_NOTICE.label, L.ON_NOTICE.label, "go", _("the public")),
        State(L.CONFIRMED, L.CONFIRMED.label, L.CONFIRMED.label, "ok", final=True),
        State(L.CANCELLED, L.CANCELLED.label, "", "no", final=True),
    ),
    way=(L.DRAFT, L.IN_APPROVAL, L.ON_NOTICE, L.CONFIRMED),
    transitions=(
        Transition(
            "ask_approval",
            (L.DRAFT,),
            L.IN_APPROVAL,
            _("Ask for approval"),
            who.is_officer,
            (when.list_funds_something, when.funded_items_have_amounts, when.departures_have_reasons),
        ),
        Transition(
            "return_list",
            (L.IN_APPROVAL,),
            L.DRAFT,
            _("Return for correction"),
            who.is_second_decision_maker,
            note="required",
        ),
        Transition(
            "approve_list",
            (L.IN_APPROVAL,),
            L.ON_NOTICE,
            _("Approve and publish the notice"),
            who.is_second_decision_maker,
            (when.list_funds_something, when.funded_items_have_amounts, when.departures_have_reasons),
            note="optional",
            grave=True,
        ),
        Transition(
            "confirm",
            (L.ON_NOTICE,),
            L.CONFIRMED,
            _("Confirm after the notice"),
            who.is_decision_maker,
            (when.notice_is_over, when.objections_are_decided),
            note="optional",
            grave=True,
        ),
        Transition(
            "cancel_list", (L.DRAFT,), L.CANCELLED, _("Discard the list"), who.is_officer, note="required", grave=True
        ),
    ),
)


PUBLIC_NOTICE = Machine(
    model="projects.PublicNotice",
    title=_("Public notice"),
    states=(
        State(N.DRAFT, N.DRAFT.label, "", ""),
        State(N.PUBLISHED, N.PUBLISHED.label, N.PUBLISHED.label, "go", _("the public")),
        State(N.CLOSED, N.CLOSED.label, N.CLOSED.label, "ok", final=True),
        State(N.CANCELLED, N.CANCELLED.label, N.CANCELLED.label, "no", final=True),
    ),
    way=(N.DRAFT, N.PUBLISHED, N.CLOSED),
    transitions=(
        Transition("publish_notice", (N.DRAFT,), N.PUBLISHED, _("Publish"), who.by_system, automatic=True),
        Transition(
            "close_notice", (N.PUBLISHED,), N.CLOSED, pgettext_lazy("notice", "Close"), who.by_system, automatic=True
        ),
        Transition("cancel_notice", (N.DRAFT,), N.CANCELLED, _("Cancel"), who.by_system, automatic=True),
    ),
)


OBJECTION = Machine(
    model="projects.Objection",
    title=_("Objection"),
    states=(
        State(
            ObjectionState.RECEIVED,
            ObjectionState.RECEIVED.label,
            ObjectionState.RECEIVED.label,
            "warn",
            _("the integrity officer"),
        ),
        State(ObjectionState.UPHELD, ObjectionState.UPHELD.label, ObjectionState.UPHELD.label, "no", final=True),
        State(
            ObjectionState.DISMISSED, ObjectionState.DISMISSED.label, ObjectionState.DISMISSED.label, "ok", final=True
        ),
        State(
            ObjectionState.NOT_ACCEPTED,
            ObjectionState.NOT_ACCEPTED.label,
            ObjectionState.NOT_ACCEPTED.label,
            "",
            final=True,
        ),
    ),
    way=(ObjectionState.RECEIVED, ObjectionState.DISMISSED),
    transitions=(
        Transition(
            "uphold",
            (ObjectionState.RECEIVED,),
            ObjectionState.UPHELD,
            _("Uphold the objection"),
            who.is_integrity_officer,
            note="required",
            grave=True,
        ),
        Transition(
            "dismiss",
            (ObjectionState.RECEIVED,),
            ObjectionState.DISMISSED,
            _("Dismiss the objection"),
            who.is_integrity_officer,
            note="required",
        ),
        Transition(
            "not_accept",
            (ObjectionState.RECEIVED,),
            ObjectionState.NOT_ACCEPTED,
            _("Do not accept"),
            who.is_integrity_officer,
            note="required",
        ),
    ),
)
