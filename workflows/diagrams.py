"""The machines as a page for developers: a diagram and a table each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import translation

from workflows.machine import MACHINES, Machine, Transition

HEADER = "# Machines\n\nWritten by `manage.py document_machines` (`make docs`). Do not edit.\n"
COLUMNS = ("Transition", "From", "To", "Who", "Conditions", "Note", "Told")


def page() -> str:
    """The whole page, in English, in the order of the models' names."""
    with translation.override("en"):
        machines = sorted(MACHINES.items(), key=lambda pair: pair[0]._meta.label_lower)
        return "\n".join([HEADER, *(_section(model._meta.label_lower, machine) for model, machine in machines)])


def _section(label: str, machine: Machine) -> str:
    lines = [f"## {label}", "", "```mermaid", "stateDiagram-v2", *_arrows(machine), "```", ""]
    lines += [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(_cells(row))} |" for row in machine.transitions]
    return "\n".join([*lines, ""])


def _arrows(machine: Machine) -> Iterator[str]:
    for row in machine.transitions:
        for source in row.sources:
            yield f"  {source} --> {row.target}: {row.name}"
    for state in machine.states:
        if state.final:
            yield f"  {state.value} --> [*]"


def _cells(row: Transition) -> list[str]:
    who = "the system" if row.automatic else _rule(row.may)
    conditions = "; ".join(_rule(check) for check in row.conditions)
    cells = [f"`{row.name}`", ", ".join(row.sources), row.target, who, conditions, row.note, str(row.told)]
    return [cell.replace("|", "\\|").replace("\n", " ") for cell in cells]


def _rule(rule: Callable[..., Any]) -> str:
    """The first line of what a rule says of itself, or its name in words."""
    own = (getattr(rule, "__doc__", None) or "").strip().splitlines()
    name: str = getattr(rule, "__name__", type(rule).__name__)
    if own and hasattr(rule, "__name__"):
        return own[0]
    return "a rule of its own" if name == "<lambda>" else name.replace("_", " ").strip()
