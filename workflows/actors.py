"""Who acts: a signed-in user, or the system itself (deadlines, imports)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing import Any


class Actor(Protocol):
    """What the journal needs of an actor. `directory.User` and `SystemActor` both satisfy it."""

    @property
    def pk(self) -> Any: ...  # noqa: D102
    @property
    def is_system(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class SystemActor:
    """The actor of automatic steps; has no primary key."""

    name: str = "system"
    pk: None = None
    is_system: bool = True
    is_authenticated: bool = True


SYSTEM = SystemActor()
