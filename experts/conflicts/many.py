"""The same reasons as `checks`, for all of a pool against all dossiers of a round at once, without evidence.

What concerns an expert alone is kept once per expert, what concerns a pair only where there is something: two thousand
dossiers against three thousand experts are six million pairs, nearly all of them free of any reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from experts.conflicts import codes
from experts.conflicts.ground import Ground
from experts.enums import ExpertState, PinVerdict, TieKind
from experts.models import Dossier, ExpertProfile

Coded = tuple[int, str]


@dataclass(frozen=True, eq=False)
class Standing:
    """Codes by position: of each expert anywhere, of each pair, and what is set aside for a pair."""

    wide: list[set[str]]
    pairs: list[dict[int, set[str]]]
    spared: list[dict[int, set[str]]]

    def of(self, dossier: int, expert: int) -> set[str]:
        """Every code that stands between the two."""
        anywhere = self.wide[expert] - self.spared[dossier].get(expert, set())
        return anywhere | self.pairs[dossier].get(expert, set())

    def mask(self) -> NDArray[np.bool_]:
        """Dossiers by experts: whether anything stands between them."""
        found = np.tile(np.array([bool(one) for one in self.wide], dtype=bool), (len(self.pairs), 1))
        for dossier in range(len(self.pairs)):
            for expert in {*self.pairs[dossier], *self.spared[dossier]}:
                found[dossier, expert] = bool(self.of(dossier, expert))
        return found

    def counts(self, dossier: int, leaving: Iterable[int] = ()) -> Counter[str]:
        """How many experts each code keeps from one dossier, those at the positions `leaving` left out."""
        odd = {*self.pairs[dossier], *self.spared[dossier], *leaving}
        found = Counter(self.anywhere)
        for expert in odd:
            found.subtract(self.wide[expert])
        for expert in odd.difference(leaving):
            found.update(self.of(dossier, expert))
        return +found

    def free(self, dossier: int, leaving: Iterable[int] = ()) -> int:
        """How many experts nothing keeps from one dossier, those at the positions `leaving` left out."""
        odd = {*self.pairs[dossier], *self.spared[dossier], *leaving}
        same = self.unbound - sum(not self.wide[expert] for expert in odd)
        return same + sum(not self.of(dossier, expert) for expert in odd.difference(leaving))

    @cached_property
    def anywhere(self) -> Counter[str]:
        """How many experts each code keeps from any dossier."""
        return Counter(code for one in self.wide for code in one)

    @cached_property
    def unbound(self) -> int:
        """How many experts no code keeps from every dossier."""
        return sum(not one for one in self.wide)


def standing(known: Ground, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier]) -> Standing:
    """Every reason that holds at any point, by position; the same codes as `checks.standing_conflicts`."""
    near = _near(known, experts)
    found = Standing([set(_alone(known, one)) for one in experts], [], [])
    for dossier in dossiers:
        pairs: dict[int, set[str]] = defaultdict(set)
        for expert, code in near.of(known, dossier):
            pairs[expert].add(code)
        found.pairs.append(pairs)
        found.spared.append({})
    _own_dossiers(known, experts, dossiers, found)
    _pins(known, experts, dossiers, found)
    return found


def _alone(known: Ground, expert: ExpertProfile) -> Iterator[str]:
    if expert.state != ExpertState.ADMITTED:
        yield codes.NOT_ADMITTED
    age = expert.person.age_on(known.today) if settings.EXPERT_MOST_AGE else None
    if age is not None and age > settings.EXPERT_MOST_AGE:
        yield codes.AGE
    if known.blocks.get(expert.person_id):
        yield codes.INTEGRITY_BLOCK
    if known.batch.get(expert.person_id):
        yield codes.HAS_PROPOSAL_IN_BATCH


@dataclass(frozen=True, eq=False)
class _Near:
    """Positions of experts and codes by what ties them: primary key of a unit, of a person, name, subject."""

    units: dict[int, list[Coded]]
    people: dict[int, list[Coded]]
    names: dict[str, list[Coded]]
    declared: dict[tuple[str, str], list[Coded]]
    persons: dict[int, int]

    def of(self, known: Ground, dossier: Dossier) -> Iterator[Coded]:
        """What stands between the dossier and any expert."""
        for unit in dossier.kept_away_organisations:
            yield from self.units.get(unit, ())
        for person in dossier.kept_away_people:
            yield from self.people.get(person, ())
            yield from self.names.get(known.people_names.get(person, ""), ())
        for person in dossier.asked_to_avoid:
            if person in self.persons:
                yield self.persons[person], codes.APPLICANT_REQUEST
        for unit in dossier.organisations_to_avoid:
            yield from (
                (at, codes.APPLICANT_REQUEST) for at, code in self.units.get(unit, ()) if code == codes.SAME_UNIT
            )
        yield from self.declared.get((dossier.subject_type, dossier.subject_id), ())


def _near(known: Ground, experts: Sequence[ExpertProfile]) -> _Near:
    found = _Near(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), {})
    for at, expert in enumerate(experts):
        found.persons[expert.person_id] = at
        found.people[expert.person_id].append((at, codes.PERSON_KEPT_AWAY))
        for subject in known.declared.get(expert.pk, ()):
            found.declared[subject].append((at, codes.DECLARED))
        _by_units(known, found, at, expert)
        _by_people(known, found, at, expert)
    return found


def _by_units(known: Ground, found: _Near, at: int, expert: ExpertProfile) -> None:
    own = known.units.get(expert.person_id, set())
    for unit in own:
        found.units[unit].append((at, codes.SAME_UNIT))
    for unit in set(known.former_units.get(expert.person_id, {})) - own:
        found.units[unit].append((at, codes.FORMER_UNIT))
    for tie in known.ties.get(expert.pk, ()):
        if tie.organisation_id is not None:
            found.units[tie.organisation_id].append((at, codes.OF_A_TIE[TieKind(tie.kind)]))


def _by_people(known: Ground, found: _Near, at: int, expert: ExpertProfile) -> None:
    for person, works in known.work.get(expert.person_id, {}).items():
        found.people[person].extend((at, one.code) for one in works)
    for tie in known.ties.get(expert.pk, ()):
        if tie.person_name:
            found.names[tie.person_name].append((at, codes.OF_A_TIE[TieKind(tie.kind)]))


def _own_dossiers(
    known: Ground, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier], found: Standing
) -> None:
    """Who belongs to the team of one dossier only has no other proposal in the batch for that one."""
    place = {dossier.pk: at for at, dossier in enumerate(dossiers)}
    for at, expert in enumerate(experts):
        own = known.batch.get(expert.person_id, set())
        if len(own) == 1 and (only := place.get(next(iter(own)))) is not None:
            found.spared[only].setdefault(at, set()).add(codes.HAS_PROPOSAL_IN_BATCH)


def _pins(known: Ground, experts: Sequence[ExpertProfile], dossiers: Sequence[Dossier], found: Standing) -> None:
    people = {expert.pk: at for at, expert in enumerate(experts)}
    place = {dossier.pk: at for at, dossier in enumerate(dossiers)}
    for (expert, dossier), pin in known.pins.items():
        if expert not in people or dossier not in place:
            continue
        at, column = place[dossier], people[expert]
        if pin.verdict == PinVerdict.ALLOW:
            found.pairs[at][column] = found.pairs[at].get(column, set()) - codes.LIFTABLE
            found.spared[at].setdefault(column, set()).update(codes.LIFTABLE)
        else:
            found.pairs[at].setdefault(column, set()).add(codes.PINNED)
