"""What the phases of many rounds open, for the querysets of records: below the models, which it asks for by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from experts.enums import DONE_ASSIGNMENTS, WRITING_ASSIGNMENTS, Audience, Switch
from experts.phases import USUAL, Phase, current

if TYPE_CHECKING:
    from experts.models import Assignment, RoundPhase

# Seats whose experts may read the dossier.
READING = (*WRITING_ASSIGNMENTS, *DONE_ASSIGNMENTS)


def phases_of(rounds: Iterable[int]) -> dict[int, tuple[Phase, ...]]:
    """The phases of rounds by primary key; the usual ones where nobody set any: one query."""
    found: dict[int, list[Phase]] = defaultdict(list)
    wanted = list(rounds)
    for row in _rows("RoundPhase").filter(round__in=wanted).order_by("round", "number"):
        found[row.round_id].append(as_phase(row))
    return {pk: tuple(found[pk]) if pk in found else USUAL for pk in wanted}


def as_phase(row: RoundPhase) -> Phase:
    """A stored row as the rest of the room reads it."""
    opened = {
        str(Audience.EXPERT): frozenset(row.opened_to_experts),
        str(Audience.CHAIR): frozenset(row.opened_to_chair),
        str(Audience.OFFICER): frozenset(row.opened_to_department),
    }
    return Phase(row.begins_with, row.begins_at, row.own_first, opened)


def opens(phase: Phase, assignment: Assignment, what: Switch) -> bool:
    """Whether `phase`, the present one, lets the expert of `assignment` see or do `what`."""
    audience = Audience.CHAIR if assignment.round.chair_id == assignment.expert_id else Audience.EXPERT
    return what in phase.opened.get(audience, frozenset()) and (assignment.is_done or not phase.own_first)


def dossiers_open_to(user: Any, *whats: Switch) -> set[int]:
    """The dossiers at which `user` sits as an expert who may see all of `whats` of the others now: two queries."""
    seats = list(_rows("Assignment").own(user).filter(state__in=READING).select_related("round").defer("why"))
    rows, now = phases_of({one.round_id for one in seats}), timezone.now()
    return {
        one.dossier_id
        for one in seats
        if all(opens(current(rows[one.round_id], one.round.state, now), one, what) for what in whats)
    }


def rounds_closed_to_department(*whats: Switch) -> set[int]:
    """The rounds whose phase now keeps one of `whats` from the department: two queries.

    Only rounds with rows of their own can: the usual phases open everything to it.
    """
    states = dict(_rows("ReviewRound").filter(phases__isnull=False).values_list("pk", "state"))
    rows, now = phases_of(states), timezone.now()
    opened = {pk: current(rows[pk], state, now).opened[Audience.OFFICER] for pk, state in states.items()}
    return {pk for pk, on in opened.items() if not set(whats) <= set(on)}


def _rows(model: str) -> Any:
    return apps.get_model("experts", model)._default_manager
