"""Panels: what a room shows of its own on the home page of the workbench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from workflows.policies import Policy


@dataclass(frozen=True)
class Panel:
    """One card of the home page.

    policy -- who has it at all, answered without a query beyond the standing; template -- shown with
    what `context(user)` gives (at most one query), left out when that is None or empty.
    """

    code: str
    policy: Policy
    template: str
    context: Callable[[Any], dict[str, Any] | None]
    order: int = 0
    place: Literal["main", "aside"] = "main"


PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Register a panel once; a second one under its code is a fault of the program."""
    if panel.code in PANELS:
        raise ValueError(f"panel {panel.code} is registered twice")
    PANELS[panel.code] = panel


@dataclass(frozen=True)
class Filled:
    """A panel with what it shows."""

    panel: Panel
    context: dict[str, Any]


def panels_for(user: Any) -> list[Filled]:
    """The panels that have something for `user`, in order."""
    allowed = sorted((panel for panel in PANELS.values() if panel.policy.allows(user)), key=lambda panel: panel.order)
    filled = ((panel, panel.context(user)) for panel in allowed)
    return [Filled(panel, context) for panel, context in filled if context]
