"""The codes of a whole pool against a whole round are those of every pair looked at alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.models import Organisation, Person
from experts.conflicts import CommonWork, Ground, codes, standing_conflicts
from experts.conflicts.many import standing
from experts.enums import PinVerdict, TieKind
from experts.models import ConflictPin, Dossier, ExpertProfile, Tie

UNITS, PEOPLE, EXPERTS, DOSSIERS = range(1, 4), range(1, 7), range(1, 5), range(1, 4)
DAY = dt.date(2026, 1, 1)
Setting = tuple[Ground, list[ExpertProfile], list[Dossier]]


@st.composite
def settings_of_a_round(draw: st.DrawFn) -> Setting:
    some = st.sets(st.sampled_from(list(UNITS)), max_size=2)
    known = Ground(today=DAY, unit_names={unit: f"单位{unit}" for unit in UNITS})
    known.people_names = {person: f"人员{person}" for person in PEOPLE}
    experts = [
        ExpertProfile(pk=pk, person=Person(pk=pk, name=f"人员{pk}"), person_id=pk, max_load=2,
                      state=draw(st.sampled_from(["admitted", "admitted", "suspended"])))
        for pk in EXPERTS
    ]  # fmt: skip
    dossiers = [_dossier(draw, pk) for pk in DOSSIERS]
    for expert in experts:
        known.units[expert.pk] = draw(some)
        known.former_units[expert.pk] = dict.fromkeys(draw(some), DAY)
        known.ties[expert.pk] = [_tie(draw) for _number in range(draw(st.integers(0, 2)))]
        known.declared[expert.pk] = {("subject", str(pk)) for pk in draw(st.sets(st.sampled_from(list(DOSSIERS))))}
        for other in draw(st.sets(st.sampled_from(list(PEOPLE)), max_size=2)):
            known.work[expert.pk][other].append(CommonWork(expert.pk, other, codes.COPROJECT, "项目"))
    for dossier in dossiers:
        for person in dossier.kept_away_people:
            known.batch[person].add(dossier.pk)
    for pair in draw(st.sets(st.tuples(st.sampled_from(list(EXPERTS)), st.sampled_from(list(DOSSIERS))))):
        verdict = draw(st.sampled_from(PinVerdict.values))
        known.pins[pair] = ConflictPin(verdict=verdict, reason="理由")
    return known, experts, dossiers


def _dossier(draw: st.DrawFn, pk: int) -> Dossier:
    people, units = (st.sets(st.sampled_from(list(one)), max_size=2).map(sorted) for one in (PEOPLE, UNITS))
    return Dossier(
        pk=pk, subject_type="subject", subject_id=str(pk), kept_away_people=draw(people),
        kept_away_organisations=draw(units), asked_to_avoid=draw(people), organisations_to_avoid=draw(units),
    )  # fmt: skip


def _tie(draw: st.DrawFn) -> Tie:
    kind = draw(st.sampled_from(TieKind.values))
    if draw(st.booleans()):
        unit = draw(st.sampled_from(list(UNITS)))
        return Tie(kind=kind, organisation=Organisation(pk=unit, name=f"单位{unit}"))
    return Tie(kind=kind, person_name=f"人员{draw(st.sampled_from(list(PEOPLE)))}")


@settings(max_examples=50, deadline=None)
@given(settings_of_a_round())
def test_the_codes_of_many_are_those_of_each(setting: Setting) -> None:
    known, experts, dossiers = setting
    one_by_one = [[{one.code for one in standing_conflicts(known, e, d)} for e in experts] for d in dossiers]
    found = standing(known, experts, dossiers)
    places = [[found.of(d, e) for e in range(len(experts))] for d in range(len(dossiers))]
    assert places == one_by_one
    assert found.mask().tolist() == [[bool(codes) for codes in row] for row in one_by_one]


@settings(max_examples=50, deadline=None)
@given(settings_of_a_round(), st.sets(st.integers(0, len(EXPERTS) - 1)))
def test_counts_are_those_of_each_but_those_left_out(setting: Setting, leaving: set[int]) -> None:
    known, experts, dossiers = setting
    found = standing(known, experts, dossiers)
    for at in range(len(dossiers)):
        rest = [place for place in range(len(experts)) if place not in leaving]
        expected = Counter(code for place in rest for code in found.of(at, place))
        assert found.counts(at, leaving) == expected
        assert found.free(at, leaving) == sum(not found.of(at, place) for place in rest)
