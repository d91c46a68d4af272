"""What an actor can do with an object now, and why not: the "now you can" card of every record page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from workflows.actors import Actor
from workflows.errors import Reason
from workflows.machine import Transition, machine_of


@dataclass(frozen=True)
class Choice:
    """One transition that the actor may take, with what still hinders it (empty: it can be done now)."""

    transition: Transition
    refusals: list[Reason]


def choices(subject: models.Model, actor: Actor) -> list[Choice]:
    """The transitions out of the present state that `actor` has the right to, in the order of the table."""
    rows = machine_of(subject).leaving(subject.state)  # type: ignore[attr-defined]
    return [Choice(row, row.refusals(subject)) for row in rows if row.allows(subject, actor) and not row.automatic]
