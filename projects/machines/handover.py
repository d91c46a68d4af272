"""The machine of a hand-over of projects."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import rules as who
from projects.enums import HandoverState
from workflows.machine import Machine, State, Transition

S = HandoverState

HANDOVER = Machine(
    model="projects.Handover",
    title=_("Hand-over of projects"),
    states=(
        State(S.PLANNED, S.PLANNED.label, "", "go"),
        State(S.RUNNING, S.RUNNING.label, "", "ok"),
        State(S.ENDED, S.ENDED.label, "", "", final=True),
        State(S.CANCELLED, S.CANCELLED.label, "", "", final=True),
    ),
    way=(S.PLANNED, S.RUNNING, S.ENDED),
    transitions=(
        Transition(
            "begin", (S.PLANNED,), S.RUNNING, pgettext_lazy("hand-over", "Begin"), who.by_system, automatic=True
        ),
        Transition(
            "finish", (S.RUNNING,), S.ENDED, pgettext_lazy("hand-over", "Finish"), who.by_system, automatic=True
        ),
        Transition(
            "hand_back",
            (S.RUNNING,),
            S.ENDED,
            pgettext_lazy("hand-over", "Hand back"),
            who.takes_part_in_handover,
            note="optional",
            grave=True,
        ),
        Transition(
            "cancel",
            (S.PLANNED,),
            S.CANCELLED,
            pgettext_lazy("hand-over", "Cancel"),
            who.takes_part_in_handover,
            note="optional",
            grave=True,
        ),
    ),
)
