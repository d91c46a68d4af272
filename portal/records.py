"""What a record page shows of its machine: where it stands, what can be done, what happened.

Those outside of the department read the public names of states and see no step between two states that
look alike from outside; so a review under way does not show through.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from directory.enums import Role
from directory.queries.standing import standing
from workflows.machine import Machine, State, Transition, machine_of
from workflows.models import StateChange
from workflows.queries.choices import Choice, choices
from workflows.queries.history import Deed, first_entry, history
from workflows.verbs import VERBS, verb_url

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Who reads the staff's names of states, and every step.
DEPARTMENT = (
    Role.PROGRAMME_OFFICER,
    Role.DECISION_MAKER,
    Role.INTEGRITY_OFFICER,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
)
# A record and the entry of its making are written in one unit of work.
SAME_MOMENT = dt.timedelta(seconds=10)
PRESENT = frozenset({"current", "stopped", "ended"})
Text: TypeAlias = "str | _StrPromise"


@dataclass(frozen=True)
class Step:
    """One step of the way. status -- done, current, stopped (off the way), ended (final) or ahead."""

    label: Text
    status: str
    at: dt.datetime | None


@dataclass(frozen=True)
class Offer:
    """One thing the asker may do, at `url`; not yet where `choice.refusals` say why."""

    choice: Choice
    url: str
    main: bool


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    at: dt.datetime
    who: str
    what: Text
    state: State
    label: Text
    note: str
    seq: int | None


def is_inside(user: Any) -> bool:
    """Whether `user` works in the department and reads the staff's names of states."""
    return standing(user).has(*DEPARTMENT)


def public_state(machine: Machine, value: str) -> State:
    """The state of `value`, or the first one that bears the same public name."""
    name = machine.state(value).public
    return next(state for state in machine.states if str(state.public) == str(name))


def shown_state(record: Any, user: Any) -> State:
    """The state of the record as `user` may know it."""
    machine = machine_of(record)
    return machine.state(record.state) if is_inside(user) else public_state(machine, record.state)


def changes_of(record: Any) -> list[StateChange]:
    """The changes of a record, newest first: one query, kept with the object."""
    kept: list[StateChange] | None = vars(record).get("_changes")
    if kept is None:
        kept = vars(record)["_changes"] = list(history(record).select_related("by__person", "entry__link"))
    return kept


def maker(record: Any) -> Deed | None:
    """Who made the record: the first entry of its journal, where that stands at the time it was made.

    None where the making is told by the entry of another record (a contract comes of its funding list).
    """
    deed = first_entry(record)
    return deed if deed and abs(deed.at - record.created_at) < SAME_MOMENT else None


def steps(record: Any, *, inside: bool) -> list[Step]:
    """The way of the record's machine, with when each step was reached; steps that look alike are one.

    A state off the way (returned, declined) stands after the last step that was reached.
    """
    machine = machine_of(record)
    reached = _reached(record)
    way = machine.way_of(record)
    last = _last_reached(record, way, reached)
    found = [_step(record, value, reached, inside=inside, done=place <= last) for place, value in enumerate(way)]
    if record.state not in way:
        found.insert(last + 1, _off_the_way(record, machine, inside=inside))
    return _merged(found)


def _first_state(record: Any) -> str:
    return str(record._meta.get_field("state").default)


def _reached(record: Any) -> dict[str, dt.datetime]:
    reached = {_first_state(record): record.created_at}
    for change in reversed(changes_of(record)):
        reached[change.target] = change.at
    return reached


def _last_reached(record: Any, way: tuple[str, ...], reached: dict[str, dt.datetime]) -> int:
    if record.state in way:
        return way.index(record.state)
    if record.state == _first_state(record):
        return -1
    return max((place for place, value in enumerate(way) if value in reached), default=-1)


def _step(record: Any, value: str, reached: dict[str, dt.datetime], *, inside: bool, done: bool) -> Step:
    state = machine_of(record).state(value)
    status = "done" if done else "ahead"
    if value == record.state:
        status = "ended" if state.final else "current"
    return Step(_name(state, inside=inside), status, reached.get(value) if done else None)


def _off_the_way(record: Any, machine: Machine, *, inside: bool) -> Step:
    state = machine.state(record.state)
    status = "stopped" if state.tone == "no" or state.final else "current"
    return Step(_name(state, inside=inside), status, record.state_since)


def _merged(found: list[Step]) -> list[Step]:
    """Neighbours of one name as one step, with the date of the first: what lies between them stays inside."""
    merged: list[Step] = []
    for step in found:
        if merged and str(merged[-1].label) == str(step.label):
            first = merged.pop()
            present = step if step.status in PRESENT else first
            merged.append(replace(first, status=present.status))
        else:
            merged.append(step)
    return merged


def _name(state: State, *, inside: bool) -> Text:
    return state.label if inside else state.public


def offers(record: Any, user: Any) -> list[Offer]:
    """What `user` may do with the record, each with its address, grave things last.

    The first is the main one, unless it is grave or sends back (with a reason that must be given). A transition
    without a verb is done as a part of something else and is not offered.
    """
    found = [choice for choice in choices(record, user) if (type(record), choice.transition.name) in VERBS]
    found.sort(key=lambda choice: choice.transition.grave)
    return [
        Offer(choice, verb_url(record, choice.transition.name), main=not place and _goes_on(choice.transition))
        for place, choice in enumerate(found)
    ]


def _goes_on(row: Transition) -> bool:
    return not row.grave and row.note != "required"


def events(record: Any, *, inside: bool) -> list[Event]:
    """The history of the record, newest first, as the asker may read it."""
    machine = machine_of(record)
    shown = (change for change in changes_of(record) if inside or _shows_outside(machine, change))
    return [_event(machine, change, inside=inside) for change in shown]


def _shows_outside(machine: Machine, change: StateChange) -> bool:
    return str(machine.state(change.source).public) != str(machine.state(change.target).public)


def _event(machine: Machine, change: StateChange, *, inside: bool) -> Event:
    state = machine.state(change.target) if inside else public_state(machine, change.target)
    names = [row.label for row in machine.transitions if row.name == change.transition]
    link = getattr(change.entry, "link", None)
    return Event(
        at=change.at,
        who=str(change.by) if change.by else "",
        what=names[0] if names else change.transition,
        state=state,
        label=_name(state, inside=inside),
        note=change.note,
        seq=link.seq if link else None,
    )
