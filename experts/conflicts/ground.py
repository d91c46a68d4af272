"""What conflicts are computed from, read for any number of experts and dossiers in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from directory.enums import MembershipState
from directory.models import Membership, Organisation, Person
from experts.conflicts.blocks import Block, blocks_of
from experts.conflicts.load import Load, load_of
from experts.enums import PinVerdict, StationKind, TieKind
from experts.models import (
    ConflictDeclaration,
    ConflictPin,
    Dossier,
    ExpertProfile,
    Leave,
    NameDeclaration,
    Station,
    Tie,
)

if TYPE_CHECKING:
    from experts.models import ReviewRound


@dataclass(frozen=True)
class CommonWork:
    """Something that two people did together: primary keys in `directory`, a code of `codes`, and what it was."""

    person: int
    other: int
    code: str
    evidence: str


# Rooms above know of common work what this one does not: (people, since) -> what the people did with others.
Source = Callable[[Collection[int], dt.date], Iterable[CommonWork]]
_sources: list[Source] = []
TIE_OF_STATION = {StationKind.WORK: TieKind.WORKED, StationKind.STUDY: TieKind.STUDIED}


def register_common_work(source: Source) -> None:
    """Let `source` tell of common projects, papers, patents or awards not older than a day."""
    _sources.append(source)


@dataclass
class Ground:
    """The facts, by primary key of person, expert or dossier."""

    today: dt.date = field(default_factory=timezone.localdate)
    units: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    former_units: dict[int, dict[int, dt.date]] = field(default_factory=lambda: defaultdict(dict))
    unit_names: dict[int, str] = field(default_factory=dict)
    people_names: dict[int, str] = field(default_factory=dict)
    declared: dict[int, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    ties: dict[int, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    work: dict[int, dict[int, list[CommonWork]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    pins: dict[tuple[int, int], ConflictPin] = field(default_factory=dict)
    batch: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    on_names: dict[int, tuple[set[int], set[int]]] = field(default_factory=dict)
    loads: Load = field(default_factory=Load)
    blocks: dict[int, list[Block]] = field(default_factory=dict)

    @property
    def load(self) -> dict[int, int]:
        """The reviews under way by expert."""
        return self.loads.now

    @property
    def recent(self) -> dt.date:
        """The day from which common work and former employment count (domain 3.1: three years)."""
        return self.today.replace(day=1, year=self.today.year - settings.RECUSAL_YEARS)

    def kept_away(self, expert: int, dossier: int) -> ConflictPin | None:
        """The pin that keeps the expert from the dossier."""
        pin = self.pins.get((expert, dossier))
        return pin if pin and pin.verdict == PinVerdict.KEEP_AWAY else None

    def lifted(self, expert: int, dossier: int) -> bool:
        """Whether an officer set aside what may be set aside."""
        pin = self.pins.get((expert, dossier))
        return pin is not None and pin.verdict == PinVerdict.ALLOW


def ground(review_round: ReviewRound | None, experts: Collection[ExpertProfile]) -> Ground:
    """Read the ground for `experts` within a round: a fixed number of queries."""
    found = Ground()
    ids = [expert.pk for expert in experts]
    people = [expert.person_id for expert in experts]
    _read_units(found, people)
    _read_declarations(found, ids)
    for source in _sources:
        for one in source(people, found.recent):
            found.work[one.person][one.other].append(one)
    if review_round is not None:
        _read_batch(found, review_round, ids)
    found.loads = load_of(review_round, ids)
    found.blocks = blocks_of(people, found.today)
    return found


def _read_units(found: Ground, people: list[int]) -> None:
    kept = Q(state=MembershipState.ACTIVE) | Q(state=MembershipState.ENDED, until__gte=found.recent)
    rows = Membership.objects.filter(kept, person_id__in=people)
    fields = ("person_id", "organisation_id", "organisation__name", "state", "until")
    for person, unit, name, state, until in rows.values_list(*fields):
        found.unit_names[unit] = name
        if state == MembershipState.ACTIVE:
            found.units[person].add(unit)
        else:
            found.former_units[person][unit] = max(until, found.former_units[person].get(unit, until))


def _read_declarations(found: Ground, experts: list[int]) -> None:
    declared = ConflictDeclaration.objects.filter(assignment__expert_id__in=experts)
    fields = ("assignment__expert_id", "assignment__dossier__subject_type", "assignment__dossier__subject_id")
    left = Leave.objects.filter(declared=True, member__expert_id__in=experts)
    in_meetings = ("member__expert_id", "item__dossier__subject_type", "item__dossier__subject_id")
    rows = declared.order_by().values_list(*fields).union(left.order_by().values_list(*in_meetings))
    for expert, kind, subject in rows:
        found.declared[expert].add((kind, subject))
    for tie in Tie.objects.filter(expert_id__in=experts).select_related("organisation"):
        if tie.counts_on(found.today, found.recent):
            found.ties[tie.expert_id].append(tie)
    for tie in _of_stations(found, experts):
        found.ties[tie.expert_id].append(tie)


def _of_stations(found: Ground, experts: list[int]) -> Iterator[Tie]:
    """Where experts worked and studied as ties, also with organisations registered since: two queries."""
    lately = Q(until__isnull=True) | Q(until__gte=found.recent)
    rows = list(Station.objects.filter(lately, expert_id__in=experts).select_related("organisation"))
    names = {row.name for row in rows if row.organisation is None}
    since = {one.name: one for one in Organisation.objects.filter(name__in=names).order_by("-pk")}
    for row in rows:
        unit = row.organisation or since.get(row.name)
        if unit is not None:
            kind, note = TIE_OF_STATION[StationKind(row.kind)], row.role
            yield Tie(expert_id=row.expert_id, kind=kind, organisation=unit, until=row.until, note=note)


def _read_batch(found: Ground, review_round: ReviewRound, experts: list[int]) -> None:
    for pk, people in Dossier.objects.filter(round=review_round).values_list("pk", "kept_away_people"):
        for person in people:
            found.batch[person].add(pk)
    if any(tie.person_name for ties in found.ties.values() for tie in ties):
        found.people_names = dict(Person.objects.filter(pk__in=list(found.batch)).values_list("pk", "name"))
    for one in NameDeclaration.objects.filter(round=review_round, expert_id__in=experts):
        found.on_names[one.expert_id] = set(one.people), set(one.organisations)
    pins = ConflictPin.objects.filter(dossier__round=review_round, expert_id__in=experts)
    found.pins = {(pin.expert_id, pin.dossier_id): pin for pin in pins}
