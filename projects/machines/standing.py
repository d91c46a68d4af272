"""The machine of a pilot status or credit grade of an organisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects import conditions as when
from projects import rules as who
from projects.enums import StandingState
from workflows.machine import Machine, State, Transition

S = StandingState

CHANNEL_STANDING = Machine(
    model="projects.ChannelStanding",
    title=_("Pilot status or credit grade"),
    states=(
        State(S.PROPOSED, S.PROPOSED.label, "", "go", _("a decision maker or integrity officer")),
        State(S.GRANTED, S.GRANTED.label, S.GRANTED.label, "ok"),
        State(S.ENDED, S.ENDED.label, S.ENDED.label, "", final=True),
        State(S.REFUSED, S.REFUSED.label, "", "no", final=True),
        State(S.WITHDRAWN, S.WITHDRAWN.label, "", "", final=True),
    ),
    way=(S.PROPOSED, S.GRANTED, S.ENDED),
    transitions=(
        Transition(
            "grant",
            (S.PROPOSED,),
            S.GRANTED,
            pgettext_lazy("standing", "Approve"),
            who.is_second_to_standing,
            note="optional",
        ),
        Transition(
            "refuse_standing",
            (S.PROPOSED,),
            S.REFUSED,
            _("Do not approve"),
            who.is_second_to_standing,
            note="required",
            grave=True,
        ),
        Transition(
            "withdraw_standing",
            (S.PROPOSED,),
            S.WITHDRAWN,
            pgettext_lazy("standing", "Withdraw"),
            who.proposed_standing,
        ),
        Transition(
            "end_standing",
            (S.GRANTED,),
            S.ENDED,
            pgettext_lazy("standing", "End today"),
            who.gives_standing,
            (when.standing_still_holds,),
            note="required",
            grave=True,
        ),
    ),
)
