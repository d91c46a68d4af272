"""Kinds of deadlines: what happens before and at the instant. The rooms register theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflows.models import Deadline

Hook = Callable[[Deadline], object]


@dataclass(frozen=True)
class DeadlineKind:
    """What a running deadline does. Both hooks run inside a unit of work, as the system, exactly once.

    on_warn -- at `warn_at`; on_expire -- at `due_at`. A hook that raises undoes only itself and is tried again.
    """

    code: str
    on_warn: Hook | None = None
    on_expire: Hook | None = None


KINDS: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    """Register a kind once; a second one under its code is a fault of the program."""
    if kind.code in KINDS:
        raise ValueError(f"the kind of deadline {kind.code} is registered twice")
    KINDS[kind.code] = kind
