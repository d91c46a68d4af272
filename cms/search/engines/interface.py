"""What every engine can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cms.models import SearchDocument
from cms.search.tokens import Phrase

MOST_FOUND = 1000
TITLE_WEIGHT, BODY_WEIGHT = 5.0, 1.0


class Engine(Protocol):
    """What an engine does. `find` gives primary keys, best first; `broader` asks for any part of any phrase."""

    def put(self, documents: Sequence[SearchDocument]) -> None:
        """Make stored documents findable, in place of what they were."""

    def drop(self, pks: Sequence[int]) -> None:
        """Forget documents."""

    def find(self, asked: Sequence[Phrase], *, audience: str, broader: bool = False) -> list[int]:
        """The keys of what matches."""


def parts(asked: Sequence[Phrase]) -> list[Phrase]:
    """Every token of the phrases as a phrase of its own: what a broader search asks for."""
    return [Phrase((token,)) for phrase in asked for token in phrase.tokens]
