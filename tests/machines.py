"""Every state × transition × role, generated from a machine: allowed exactly where the table of its room says.

A room writes a `World` per machine and hands it to the checks below. Bare transitions are performed, without the
actions that keep the records beside each other in step: such tests are marked `tampers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import pytest

from workflows.actions.perform import perform
from workflows.actors import SYSTEM, Actor
from workflows.errors import NotAllowed, Refused
from workflows.machine import Machine, Transition
from workflows.models import JournalEntry, StateChange


@dataclass(frozen=True)
class World:
    """A machine with what its test needs.

    make -- (cast, state) -> a fresh record in that state, beside those that are there already.
    may -- transition -> the parts of the cast that the table lets perform it, written out by hand: what a change of
        the rules must answer to. Automatic transitions belong to the system alone.
    unmade -- states that no transition leads to: something else sets them.
    """

    machine: Machine
    make: Callable[[Any, str], Any]
    may: Mapping[str, AbstractSet[str]]
    unmade: frozenset[str] = frozenset()

    def allowed(self, row: Transition) -> AbstractSet[str]:
        """The parts that may perform `row`."""
        return {"system"} if row.automatic else self.may[row.name]


def each_state(worlds: Sequence[World]) -> list[Any]:
    """Parameters (world, state), one per state of every machine."""
    return [
        pytest.param(world, state.value, id=f"{world.machine.model}-{state.value}")
        for world in worlds
        for state in world.machine.states
    ]


def each(worlds: Sequence[World]) -> list[Any]:
    """Parameters (world), one per machine."""
    return [pytest.param(world, id=world.machine.model) for world in worlds]


def check_state(world: World, cast: Any, state: str) -> None:
    """Everybody tries every transition from `state`: done, refused with its reasons, or not allowed at all."""
    roles: dict[str, Any] = {**cast.everybody(), "system": SYSTEM}
    record = world.make(cast, state)
    for row in world.machine.transitions:
        before = snapshot(record)
        others = {role: actor for role, actor in roles.items() if role not in world.allowed(row)}
        got = {role: outcome(record, row, actor) for role, actor in others.items()}
        assert (row.name, got) == (row.name, dict.fromkeys(others, "not allowed"))
        record.refresh_from_db()
        assert snapshot(record) == before
        for role in sorted(world.allowed(row)):
            expected = expectation(record, row, state)
            assert (row.name, role, outcome(record, row, roles[role])) == (row.name, role, expected)
            if expected == "done":
                assert record.state == row.target
                record = world.make(cast, state)
            else:
                record.refresh_from_db()
                assert snapshot(record) == before


def check_notes(world: World, cast: Any) -> None:
    """A transition whose note is required is refused without one."""
    roles: dict[str, Any] = {**cast.everybody(), "system": SYSTEM}
    for row in world.machine.transitions:
        if row.note == "required" and not row.conditions:
            actor = roles[min(world.allowed(row))]
            assert outcome(world.make(cast, row.sources[0]), row, actor, note=" ") == "note_required"


def check_table(world: World) -> None:
    """Transitions lead between known states, every state is reached, nobody but the system leaves a final one."""
    machine = world.machine
    known = {state.value for state in machine.states}
    reached = {row.target for row in machine.transitions} | {machine.states[0].value} | world.unmade
    assert {value for row in machine.transitions for value in (*row.sources, row.target)} <= known
    assert reached == known
    finals = {state.value for state in machine.states if state.final}
    assert [row.name for row in machine.transitions if finals & set(row.sources) and not row.automatic] == []


def outcome(record: Any, row: Transition, actor: Actor, *, note: str = "理由") -> str:
    """What performing `row` comes to: "done", "not allowed", or the codes of the refusal."""
    try:
        with perform(record, row.name, by=actor, note=note):
            pass
    except NotAllowed:
        return "not allowed"
    except Refused as refused:
        return ",".join(refused.codes)
    return "done"


def expectation(record: Any, row: Transition, state: str) -> str:
    """What somebody with the right gets: done, or the reasons of the state or of the conditions."""
    if state not in row.sources:
        return "wrong_state"
    return ",".join(reason.code for reason in row.refusals(record)) or "done"


def snapshot(record: Any) -> tuple[Any, ...]:
    """What a refused attempt must leave as it was."""
    return record.state, record.version, StateChange.objects.count(), JournalEntry.objects.count()
