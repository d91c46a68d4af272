"""Handing a change to whoever decides next."""

from __future__ import annotations

from projects.actions import change_clock as clock
from projects.models import ProjectChange
from projects.queries.deciding_changes import CLOCKS, KIND, state_at
from workflows.actions.perform import perform
from workflows.actors import SYSTEM
from workflows.routes import open_route, open_step


def pass_on(change: ProjectChange) -> None:
    """Put the change into the state of the present step of its route, with a clock; nothing once it is decided."""
    route = open_route(change, KIND)
    step = open_step(route) if route else None
    if step is None:
        return
    with perform(change, f"pass_to_{CLOCKS[state_at(change, step)]}", by=SYSTEM):
        pass
    clock.start(change)
