"""The phases of a round as data: their switches, which one is on, and those of a round for which nobody set any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from experts.enums import Audience, RoundState, Switch

# How far a round is; what is cancelled is as far as its scoring was.
ORDER = (
    RoundState.PLANNED,
    RoundState.DRAWING,
    RoundState.INVITING,
    RoundState.SCORING,
    RoundState.DISCUSSING,
    RoundState.RANKED,
    RoundState.CLOSED,
)


@dataclass(frozen=True)
class Phase:
    """One row: it begins with a step (RoundState) or at an instant; `opened` has the switches that are on."""

    step: str = ""
    at: dt.datetime | None = None
    own_first: bool = True
    opened: dict[str, frozenset[str]] = field(default_factory=dict)

    def has_begun(self, state: str, now: dt.datetime) -> bool:
        """Whether a round in this state is in the phase or beyond it."""
        if self.at is not None:
            return self.at <= now
        return state in ORDER and ORDER.index(RoundState(state)) >= ORDER.index(RoundState(self.step))


def _opened(
    experts: Sequence[Switch], chair: Sequence[Switch], department: Sequence[Switch]
) -> dict[str, frozenset[str]]:
    return {
        Audience.EXPERT: frozenset(experts),
        Audience.CHAIR: frozenset(chair),
        Audience.OFFICER: frozenset(department),
    }


_ALL = (Switch.SCORES, Switch.OPINIONS, Switch.WHO, Switch.DISCUSSION)
_TALK = (Switch.SCORES, Switch.OPINIONS, Switch.DISCUSSION)
# What a round does for which nobody set phases: alone first, then together without names, then for reading.
USUAL = (
    Phase(RoundState.SCORING, opened=_opened((), (), _ALL)),
    Phase(RoundState.DISCUSSING, opened=_opened((*_TALK, Switch.CHANGE), (*_ALL, Switch.CHANGE), _ALL)),
    Phase(RoundState.RANKED, opened=_opened(_TALK, _ALL, _ALL)),
)


# What can be opened or closed to the department, in its own words; it gave the seats and the dossiers itself.
FOR_DEPARTMENT = {
    Switch.SCORES: _("the experts' scores"),
    Switch.OPINIONS: _("the experts' opinions"),
    Switch.DISCUSSION: _("the experts' discussion"),
}


def current(phases: Sequence[Phase], state: str, now: dt.datetime) -> Phase:
    """The last phase that has begun; before any has, nothing is open but what the first opens to the department."""
    begun = [one for one in phases if one.has_begun(state, now)]
    if begun:
        return begun[-1]
    return Phase(opened={Audience.OFFICER: phases[0].opened[Audience.OFFICER]})
