"""One step of a proposal: the transition, and the word to those concerned, in one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from projects import notices
from projects.models import Proposal
from workflows.actions.perform import perform
from workflows.actions.unit import unit
from workflows.actors import Actor
from workflows.errors import Reason, Refused


@contextmanager
def step(
    proposal: Proposal,
    name: str,
    *,
    by: Actor,
    note: str = "",
    expected_version: int | None = None,
    data: dict[str, Any] | None = None,
) -> Iterator[Proposal]:
    """`perform` on a proposal, with the message that the machine's table promises. Raises what perform raises."""
    with unit():
        with perform(proposal, name, by=by, note=note, expected_version=expected_version, data=data) as row:
            yield row
        notices.tell_of(proposal, name, note=note)


@dataclass(frozen=True)
class Outcome:
    """What became of one proposal of a batch: no reasons means that it was done."""

    proposal: Proposal
    reasons: Sequence[Reason] = ()

    @property
    def done(self) -> bool:
        """Whether the action went through."""
        return not self.reasons


def each(proposals: Iterable[Proposal], do: Callable[[Proposal], object]) -> list[Outcome]:
    """Run `do` on each proposal in a unit of its own: what is refused stays, what can be done is done."""
    return [_one(proposal, do) for proposal in proposals]


def _one(proposal: Proposal, do: Callable[[Proposal], object]) -> Outcome:
    try:
        do(proposal)
    except Refused as refusal:
        return Outcome(proposal, refusal.reasons)
    return Outcome(proposal)
