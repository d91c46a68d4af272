"""Machines: tables of transitions over django-fsm, written so that the table can be read.

A room writes one `Machine` per stateful model in its `machines.py` and binds it in `AppConfig.ready`.
Every transition then runs through `workflows.actions.perform.perform`, nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import django_fsm

from workflows.errors import Reason

if TYPE_CHECKING:
    from django.db import models
    from django.utils.functional import _StrPromise

    from workflows.actors import Actor

May = Callable[[Any, "Actor"], bool]
Check = Callable[[Any], "Reason | Sequence[Reason] | None"]
Tone = Literal["", "go", "ok", "warn", "no"]


@dataclass(frozen=True)
class State:
    """One state as people see it: `label` for staff, `public` for those outside, the tone of its badge.

    `waits_for` names the role that is to act next ("" when nobody has to), as shown on the record page. `final`: nobody
    leads out of it; at most the system does, as the consequence of another decision.
    """

    value: str
    label: str | _StrPromise
    public: str | _StrPromise
    tone: Tone = ""
    waits_for: str | _StrPromise = ""
    final: bool = False


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    may        -- (object, actor) -> bool: the standing right, whatever the state.
    conditions -- (object) -> None or Reason(s): what must hold now; each failure is explained.
    told       -- what the person concerned is told once it happened ("" for nothing).
    note       -- whether the actor writes a note: "none", "optional" or "required".
    grave      -- asks for confirmation, shown in red.
    automatic  -- only the system performs it (deadlines, consequences of another transition).
    """

    name: str
    sources: tuple[str, ...]
    target: str
    label: str | _StrPromise
    may: May
    conditions: tuple[Check, ...] = ()
    told: str | _StrPromise = ""
    note: Literal["none", "optional", "required"] = "none"
    grave: bool = False
    automatic: bool = False

    def refusals(self, obj: Any) -> list[Reason]:
        """All reasons why this transition cannot be taken by `obj` now; empty when it can."""
        found: list[Reason] = []
        for check in self.conditions:
            reasons = check(obj)
            if isinstance(reasons, Reason):
                found.append(reasons)
            elif reasons:
                found.extend(reasons)
        return found

    def allows(self, obj: Any, actor: Actor) -> bool:
        """Whether `actor` has the standing right; automatic transitions belong to the system alone."""
        if self.automatic:
            return bool(getattr(actor, "is_system", False))
        return self.may(obj, actor)


@dataclass
class Machine:
    """The machine of one model: its states in the order of the way, and its transitions.

    shorter_way -- where records differ: the steps of `way` that a record goes through.
    """

    model: str
    states: Sequence[State]
    transitions: Sequence[Transition]
    title: str | _StrPromise = ""
    way: tuple[str, ...] = ()
    shorter_way: Callable[[Any], tuple[str, ...]] | None = None
    _model_class: type[models.Model] | None = field(default=None, repr=False)

    def way_of(self, record: Any) -> tuple[str, ...]:
        """The steps that `record` goes through, in order."""
        return self.shorter_way(record) if self.shorter_way else self.way

    def state(self, value: str) -> State:
        """The state named `value`. Raises KeyError when the machine has none."""
        for state in self.states:
            if state.value == value:
                return state
        raise KeyError(value)

    def transition(self, name: str) -> Transition:
        """The transition called `name`. Raises KeyError when there is none."""
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise KeyError(name)

    def leaving(self, state: str) -> Iterator[Transition]:
        """The transitions whose source is `state`."""
        return (row for row in self.transitions if state in row.sources)

    def bind(self, model_class: type[models.Model]) -> None:
        """Give the model one django-fsm method per transition and register this machine for it.

        Raises ValueError when table and model disagree: unknown states, states without a row, names used twice.
        """
        self._agree_with(model_class)
        state_field: Any = model_class._meta.get_field("state")
        for row in self.transitions:
            method = _fsm_method(row, state_field)
            setattr(model_class, method.__name__, method)
            state_field.transitions.setdefault(model_class, {})[method.__name__] = method
        self._model_class = model_class
        MACHINES[model_class] = self

    def _agree_with(self, model_class: type[models.Model]) -> None:
        field: Any = model_class._meta.get_field("state")
        stored = {value for value, _label in field.choices}
        described = {state.value for state in self.states}
        named = {state for row in self.transitions for state in (*row.sources, row.target)} | set(self.way)
        names = [row.name for row in self.transitions]
        if stored != described or not named <= described or len(names) != len(set(names)):
            odd = sorted((stored ^ described) | (named - described)) or sorted(names)
            raise ValueError(f"machine and model {model_class.__name__} disagree about {odd}")


MACHINES: dict[type[models.Model], Machine] = {}


def machine_of(obj: models.Model | type[models.Model]) -> Machine:
    """The machine of an object or model. Raises KeyError when the model has none."""
    return MACHINES[obj if isinstance(obj, type) else type(obj)]


def _fsm_method(row: Transition, state_field: Any) -> Any:
    def change(self: Any) -> None:
        """Change the state in memory; `perform` saves."""

    change.__name__ = change.__qualname__ = f"fsm_{row.name}"
    decorate = django_fsm.transition(field=state_field, source=list(row.sources), target=row.target)
    return decorate(change)
