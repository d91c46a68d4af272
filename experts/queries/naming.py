"""Names in anonymous dossiers: which are looked for, what is struck out of the texts, which files are held back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from experts.enums import NameVerdict
from experts.models import Dossier, NameFinding, ReviewRound
from experts.models.naming import OF_FILE
from workflows.naming.finding import Beside, Hit, Name, NameKind, find, struck, written


def names_looked_for(kept: Iterable[Mapping[str, str]]) -> list[Name]:
    """The names that whoever handed a dossier in wants found, as `Dossier.names` keeps them."""
    return [Name(one["text"], NameKind(one["kind"]), Beside(one["beside"])) for one in kept]


def as_data(names: list[Name]) -> list[dict[str, str]]:
    """Names as a dossier keeps them."""
    return [{"text": one.text, "kind": str(one.kind), "beside": str(one.beside)} for one in names]


def texts_of(section: dict[str, Any]) -> Iterator[str]:
    """Every text of a section, tables included."""
    yield str(section.get("text") or "")
    for one in section.get("fields", ()):
        yield from _strings(one.get("value"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(one)


@dataclass(frozen=True)
class Mask:
    """Strikes names out of the sections of one dossier, but for the words that an officer left at their place."""

    names: list[Name]
    left: dict[str, set[str]]

    def section(self, number: int, section: dict[str, Any]) -> dict[str, Any]:
        """The section as experts read it."""
        if not self.names:
            return section
        left = self.left.get(f"section:{number}", set())
        masked: dict[str, Any] = self._masked(section, left)
        return masked

    def _masked(self, value: Any, left: set[str]) -> Any:
        if isinstance(value, str):
            return struck(value, [hit for hit in find(value, self.names) if _words(hit) not in left])
        if isinstance(value, dict):
            return {key: self._masked(one, left) for key, one in value.items()}
        return [self._masked(one, left) for one in value] if isinstance(value, list) else value


def _words(hit: Hit) -> str:
    return next(iter(written([hit])))


def mask(dossier: Dossier) -> Mask:
    """The mask of `dossier`: a query where names are looked for."""
    left: dict[str, set[str]] = defaultdict(set)
    if dossier.names:
        rows = NameFinding.objects.filter(dossier=dossier, verdict=NameVerdict.LEFT)
        for place, words in rows.values_list("place", "words"):
            left[place].add(words)
    return Mask(names_looked_for(dossier.names), left)


def held_back(dossier: Dossier) -> set[str]:
    """The uids of originals of which experts get no copy: something found in them was not left."""
    rows = NameFinding.objects.filter(dossier=dossier, place__startswith=OF_FILE).exclude(verdict=NameVerdict.LEFT)
    return {one.of_file for one in rows}


def name_counts(review_round: ReviewRound) -> dict[str, int]:
    """{"all", "open"}: how much was found in a round, and how much waits for a ruling."""
    waiting = Count("pk", filter=Q(verdict=NameVerdict.OPEN))
    counted: dict[str, int] = NameFinding.objects.filter(dossier__round=review_round).aggregate(
        all=Count("pk"), open=waiting
    )
    return counted
