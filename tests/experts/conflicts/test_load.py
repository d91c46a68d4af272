"""Load at one time, in a round and in a year; periods away; penalties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import pytest
from django.utils import timezone
from pytest_django import Settings

from directory.models import User
from experts.actions.assignment import assign_expert
from experts.conflicts import Ground, assignment_conflicts, ground, register_blocks
from experts.conflicts.blocks import Block, unregister_blocks
from experts.conflicts.many import standing
from experts.models import Absence, Dossier, ExpertProfile
from tests.factories.directory import officer
from tests.factories.experts import days, expert_user, handed_in, profile_of, running
from workflows.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return expert_user()


@pytest.fixture
def cases() -> list[Dossier]:
    boss = officer()
    found = [handed_in(number, boss) for number in (1, 2)]
    running(boss, *found, score_deadline=days(9))
    return list(Dossier.objects.order_by("pk"))


def read(expert: ExpertProfile, case: Dossier) -> tuple[Ground, list[str]]:
    known = ground(case.round, [expert])
    return known, [one.code for one in assignment_conflicts(known, expert, case)]


def away(expert: ExpertProfile, first: int, last: int) -> None:
    today = timezone.localdate()
    Absence.objects.create(expert=expert, since=today + dt.timedelta(days=first), until=today + dt.timedelta(days=last))


@pytest.mark.parametrize(
    ("limit", "code"), [("EXPERT_ROUND_LOAD", "LOAD_IN_ROUND"), ("EXPERT_YEAR_LOAD", "LOAD_IN_YEAR")]
)
def test_a_limit_of_the_department_counts_from_the_seat_that_reaches_it(
    user: User, cases: list[Dossier], settings: Settings, limit: str, code: str
) -> None:
    expert = profile_of(user)
    setattr(settings, limit, 1)
    assert read(expert, cases[0])[1] == []
    assign_expert(dossier=cases[0], expert=expert, by=officer())
    known, found = read(expert, cases[1])
    assert (found, known.loads.room(expert)) == ([code], 0)
    with pytest.raises(Refused) as refusal:
        assign_expert(dossier=cases[1], expert=expert, by=officer())
    assert refusal.value.codes == [code]


def test_the_own_limit_of_a_year_binds_where_it_is_lower(user: User, cases: list[Dossier], settings: Settings) -> None:
    settings.EXPERT_YEAR_LOAD = 10
    expert = profile_of(user)
    expert.max_in_year = 3
    assert ground(cases[0].round, [expert]).loads.room(expert) == 3


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        ([(0, 9)], ["AWAY"]),
        ([(0, 5)], ["AWAY"]),
        ([(0, 4)], []),
        ([(0, 2), (2, 4)], []),
        ([(0, 3), (6, 12)], ["AWAY"]),
        ([(10, 20)], []),
        ([(-9, -1)], []),
    ],
)
def test_who_is_there_for_fewer_than_five_of_the_days_is_away(
    user: User, cases: list[Dossier], periods: list[tuple[int, int]], found: list[str]
) -> None:
    expert = profile_of(user)
    for first, last in periods:
        away(expert, first, last)
    known, codes = read(expert, cases[0])
    assert (codes, known.loads.room(expert)) == (found, 0 if found else 10)


def test_a_penalty_stands_against_every_dossier_with_its_evidence(user: User, cases: list[Dossier]) -> None:
    expert = profile_of(user)

    def penalty(people: Collection[int], _today: dt.date) -> list[Block]:
        return [Block(pk, "2026年内蒙科技惩3号") for pk in people]

    register_blocks(penalty)
    try:
        known = ground(cases[0].round, [expert])
        found = assignment_conflicts(known, expert, cases[0])
        assert [(one.code, one.evidence) for one in found] == [("INTEGRITY_BLOCK", "2026年内蒙科技惩3号")]
        assert standing(known, [expert], cases).of(0, 0) == {"INTEGRITY_BLOCK"}
    finally:
        unregister_blocks(penalty)
