"""The names of a whole batch, mixed: what experts of a double-blind round declare conflicts on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experts.models import Dossier, NameDeclaration
from experts.queries.kept_away import names_kept_away

if TYPE_CHECKING:
    from experts.models import ExpertProfile, ReviewRound

# With fewer dossiers or organisations the list would tell whose a title is.
FEWEST = 3


@dataclass(frozen=True)
class BatchNames:
    """(primary key, name), each list in the order of the names: nothing tells which dossier one belongs to."""

    people: list[tuple[int, str]]
    organisations: list[tuple[int, str]]


def batch_names(review_round: ReviewRound) -> BatchNames:
    """Everybody who takes part in any dossier of the round: three queries."""
    found = names_kept_away(Dossier.objects.filter(round=review_round).defer("content"))
    return BatchNames(_sorted(found["people"]), _sorted(found["organisations"]))


def _sorted(names: dict[int, str]) -> list[tuple[int, str]]:
    return sorted(names.items(), key=lambda one: (one[1], one[0]))


def hides_in_the_batch(review_round: ReviewRound) -> bool:
    """Whether the batch is large enough for its mixed names to tell nothing."""
    rows = Dossier.objects.filter(round=review_round).values_list("kept_away_organisations", flat=True)
    return len(rows) >= FEWEST and len({pk for units in rows for pk in units}) >= FEWEST


def has_declared_on_names(review_round: ReviewRound, expert: ExpertProfile) -> bool:
    """Whether the expert looked through the names of the round."""
    return NameDeclaration.objects.filter(round=review_round, expert=expert).exists()


def concerns(dossier: Dossier, people: Collection[int], organisations: Collection[int]) -> bool:
    """Whether one of these takes part in the dossier."""
    return bool(set(dossier.kept_away_people) & set(people)) or bool(
        set(dossier.kept_away_organisations) & set(organisations)
    )
