"""Everything that the department knows of one expert, for the record page: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from experts import disciplines
from experts.conflicts.blocks import Block, blocks_of
from experts.conflicts.load import load_of
from experts.enums import DOCUMENT, DONE_ASSIGNMENTS, AssignmentState, ExpertKind
from experts.models import Absence, Assignment, ExpertiseItem, ExpertProfile, Station, Tie
from experts.queries.credit import credit_of, shown
from workflows.enums import FileState
from workflows.files import files_of

# How many of the last rounds and titles are shown.
MOST = 30
GIVEN_BACK = (AssignmentState.DECLINED, AssignmentState.RECUSED)


@dataclass(frozen=True)
class Limit:
    """Seats counted and seats at most, in words."""

    text: str
    load: int
    most: int


@dataclass
class Worked:
    """What an expert did in one round: seats, submitted sheets, seats that ran out or were given back."""

    round: Any
    seats: int = 0
    sheets: int = 0
    expired: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Record:
    """One expert; `credit` is the mean of the last rounds, None before the first."""

    kinds: list[str]
    asked: list[str]
    disciplines: list[str]
    titles: Sequence[ExpertiseItem]
    stations: Sequence[Station]
    ties: Sequence[Tie]
    absences: Sequence[Absence]
    documents: list[tuple[Any, bool]]
    blocks: list[Block]
    limits: list[Limit]
    credit: Decimal | None
    credits: list[tuple[Any, Any]]
    rounds: list[Worked]


def record_of(expert: ExpertProfile) -> Record:
    """What stands on the page of an expert."""
    today = timezone.localdate()
    labels = {str(value): str(label) for value, label in ExpertKind.choices}
    return Record(
        kinds=[labels[kind] for kind in expert.kinds if kind in labels],
        asked=[labels[kind] for kind in expert.kinds_asked if kind in labels],
        disciplines=disciplines.labels(expert.discipline_codes),
        titles=list(expert.expertise.all()[:MOST]),
        stations=list(expert.stations.select_related("organisation")),
        ties=list(expert.ties.select_related("organisation")),
        absences=list(expert.absences.filter(until__gte=today)),
        documents=documents_of(expert),
        blocks=blocks_of([expert.person_id], today).get(expert.person_id, []),
        limits=_limits(expert),
        credit=credit_of([expert.pk]).get(expert.pk),
        credits=[(row, shown(row)) for row in expert.credits.select_related("round").order_by("-round_id")[:MOST]],
        rounds=_rounds(expert),
    )


def documents_of(expert: ExpertProfile) -> list[tuple[Any, bool]]:
    """The papers of a profile, each with whether it can be opened: one query."""
    return [(file, file.state == FileState.CLEAN) for file in files_of(expert, DOCUMENT)]


def _limits(expert: ExpertProfile) -> list[Limit]:
    loads = load_of(None, [expert.pk])
    return [Limit(text % {"load": load, "most": most}, load, most) for _code, text, load, most in loads.limits(expert)]


def _rounds(expert: ExpertProfile) -> list[Worked]:
    found: dict[int, Worked] = {}
    rows = Assignment.objects.filter(expert=expert).select_related("round").order_by("-round_id")
    for row in rows.only("state", "round__uid", "round__title", "round__state"):
        one = found.setdefault(row.round_id, Worked(row.round))
        one.seats += 1
        one.sheets += row.state in DONE_ASSIGNMENTS
        one.expired += row.state == AssignmentState.EXPIRED
        one.returned += row.state in GIVEN_BACK
    return list(found.values())[:MOST]
