"""What a record page shows of its machine: where it stands, what can be done, what happened.

Those outside of the department read the public names of states and see no step between two states that
look alike from outside; so a review under way does not show through.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from directory.queries.standing import standing
from workflows.machine import Machine, State, machine_of
from workflows.models import StateChange
from workflows.queries.choices import Choice, choices
from workflows.queries.history import history
from workflows.verbs import verb_url

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

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
    """Whether `user` belongs to the department and reads the staff's names of states."""
    return standing(user).is_staff_role


def public_state(machine: Machine, value: str) -> State:
    """The state of `value`, or the first one that bears the same public name."""
    name = machine.state(value).public
    return next(state for state in machine.states if str(state.public) == str(name))


def changes_of(record: Any) -> list[StateChange]:
    """The changes of a record, newest first: one query, kept with the object."""
    kept: list[StateChange] | None = vars(record).get("_changes")
    if kept is None:
        kept = vars(record)["_changes"] = list(history(record).select_related("by__person", "entry__link"))
    return kept


def steps(record: Any, *, inside: bool) -> list[Step]:
    """The way of the record's machine, with when each step was reached; steps that look alike are one."""
    machine = machine_of(record)
    reached = _reached(record, machine)
    present = machine.way.index(record.state) if record.state in machine.way else None
    last = (
        present if present is not None else max((machine.way.index(s) for s in reached if s in machine.way), default=0)
    )
    found: list[Step] = []
    for place, value in enumerate(machine.way):
        if place == last + 1 and present is None:
            found.append(_off_the_way(record, machine, inside=inside))
        status = _status(place, present=present, last=last, final=machine.state(value).final)
        _add(
            found,
            Step(_name(machine.state(value), inside=inside), status, reached.get(value) if place <= last else None),
        )
    if present is None and last == len(machine.way) - 1:
        found.append(_off_the_way(record, machine, inside=inside))
    return found


def _reached(record: Any, machine: Machine) -> dict[str, dt.datetime]:
    reached = {machine.way[0]: record.created_at} if machine.way else {}
    for change in reversed(changes_of(record)):
        reached[change.target] = change.at
    return reached


def _status(place: int, *, present: int | None, last: int, final: bool) -> str:
    if place == present:
        return "ended" if final else "current"
    return "done" if place <= last else "ahead"


def _off_the_way(record: Any, machine: Machine, *, inside: bool) -> Step:
    state = machine.state(record.state)
    status = "stopped" if state.tone == "no" else "current"
    return Step(_name(state, inside=inside), status, record.state_since)


def _add(found: list[Step], step: Step) -> None:
    if found and str(found[-1].label) == str(step.label):
        if step.status in {"ahead", "done"}:
            return
        found.pop()
    found.append(step)


def _name(state: State, *, inside: bool) -> Text:
    return state.label if inside else state.public


def offers(record: Any, user: Any) -> list[Offer]:
    """What `user` may do with the record, each with its address; the first free and harmless one is the main one."""
    found: list[Offer] = []
    for choice in choices(record, user):
        free = not choice.refusals and not choice.transition.grave
        main = free and not any(offer.main for offer in found)
        found.append(Offer(choice, verb_url(record, choice.transition.name), main))
    return found


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
