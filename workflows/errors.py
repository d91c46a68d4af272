"""Refusals: what was asked for cannot be done, why, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Reason:
    """One reason of a refusal: a stable code, the sentence shown, and what mends it (may be empty)."""

    code: str
    text: str | _StrPromise
    mend: str | _StrPromise = ""


class Refused(Exception):  # noqa: N818 - it is an answer to the person, not a fault of the program
    """An action was refused; nothing was changed. Shown to the person with status 409."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(reason.code for reason in reasons))
        self.reasons: Sequence[Reason] = reasons

    @property
    def codes(self) -> list[str]:
        """The codes of all reasons, in order: what tests and callers compare."""
        return [reason.code for reason in self.reasons]


class NotAllowed(Refused):
    """The actor may not do this to this object at all. Shown as "not found" (404)."""


class Stale(Refused):
    """Somebody changed the object since the actor read it; both versions are kept and shown."""
