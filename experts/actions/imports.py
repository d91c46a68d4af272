"""Candidates of the pool from published lists: people with the titles of what they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from experts.enums import ExpertKind, ExpertSource, ExpertState
from experts.models import ExpertiseItem, ExpertProfile
from workflows.actions.journal import OutsideUnitError
from workflows.actions.unit import pending

BATCH = 1000


@dataclass(frozen=True)
class PastTitle:
    """Something a person did, as a list names it."""

    person_id: int
    title: str
    year: int | None
    source: str
    discipline: str


def import_expertise(*, titles: Sequence[PastTitle]) -> int:
    """Note the people of `titles` as candidates of the pool where they are not in it, and add the titles; their number.

    Nobody asked these people: candidates are in no draw before they apply, or an officer admits them with consent.
    Part of an import: runs inside its unit, whose one journal entry stands for all. Raises OutsideUnitError.
    """
    if pending() is None:
        raise OutsideUnitError("experts.import")
    people = {one.person_id: one for one in reversed(titles)}
    present = set(ExpertProfile.objects.values_list("person_id", flat=True))
    ExpertProfile.objects.bulk_create(
        [
            ExpertProfile(
                person_id=pk,
                state=ExpertState.CANDIDATE,
                source=ExpertSource.LIST,
                kinds=[ExpertKind.TECHNICAL],
                discipline=one.discipline,
            )
            for pk, one in people.items()
            if pk not in present
        ],
        batch_size=BATCH,
    )
    experts = dict(ExpertProfile.objects.values_list("person_id", "pk"))
    known = set(ExpertiseItem.objects.values_list("expert_id", "title"))
    fresh = {(experts[one.person_id], one.title): one for one in titles}
    items = [
        ExpertiseItem(expert_id=expert, title=title, year=one.year, source=one.source)
        for (expert, title), one in fresh.items()
        if (expert, title) not in known
    ]
    ExpertiseItem.objects.bulk_create(items, batch_size=BATCH)
    return len(items)
