"""The machine of a version of the rules of the green channel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import ChannelVersionState
from workflows.machine import Machine, State, Transition

S = ChannelVersionState

CHANNEL_VERSION = Machine(
    model="projects.ChannelVersion",
    title=_("Rules of budget changes"),
    states=(
        State(S.DRAFT, S.DRAFT.label, "", "", _("the officer")),
        State(S.PROPOSED, S.PROPOSED.label, "", "go", _("a decision maker")),
        State(S.APPROVED, S.APPROVED.label, "", "ok"),
        State(S.IN_FORCE, S.IN_FORCE.label, S.IN_FORCE.label, "ok"),
        State(S.RETIRED, S.RETIRED.label, S.RETIRED.label, "", final=True),
        State(S.WITHDRAWN, S.WITHDRAWN.label, "", "no", final=True),
    ),
    way=(S.DRAFT, S.PROPOSED, S.APPROVED, S.IN_FORCE, S.RETIRED),
    transitions=(
        Transition(
            "propose",
            (S.DRAFT,),
            S.PROPOSED,
            pgettext_lazy("rules", "Propose for approval"),
            who.is_officer,
            (when.rules_are_ready,),
            note="optional",
        ),
        Transition(
            "approve",
            (S.PROPOSED,),
            S.APPROVED,
            pgettext_lazy("rules", "Approve"),
            who.is_second_to_rules,
            (when.rules_are_ready,),
            note="optional",
        ),
        Transition(
            "return_rules",
            (S.PROPOSED,),
            S.DRAFT,
            _("Return for correction"),
            who.is_second_to_rules,
            note="required",
        ),
        Transition("begin", (S.APPROVED,), S.IN_FORCE, pgettext_lazy("rules", "Begin"), who.by_system, automatic=True),
        Transition(
            "retire", (S.IN_FORCE,), S.RETIRED, pgettext_lazy("rules", "Be followed"), who.by_system, automatic=True
        ),
        Transition(
            "withdraw",
            (S.DRAFT, S.PROPOSED),
            S.WITHDRAWN,
            pgettext_lazy("rules", "Withdraw"),
            who.is_officer,
            grave=True,
        ),
        Transition(
            "call_off",
            (S.APPROVED,),
            S.WITHDRAWN,
            pgettext_lazy("rules", "Call off"),
            who.is_decision_maker,
            (when.day_has_not_come,),
            note="required",
            grave=True,
        ),
    ),
)
