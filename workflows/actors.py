"""Who acts: a signed-in user, or the system itself (deadlines, imports)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest


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


def asker(request: HttpRequest) -> Any:
    """The user behind a request whose policy demands one: the actor of what it asks for."""
    return request.user
